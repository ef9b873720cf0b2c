#!/usr/bin/env bash
# Stands in for any tool of the deploy script, by a link of that name: writes down how it is called, and answers.
set -euo pipefail

tool=${0##*/}
arguments="$*"
echo "${AzureSdk:+AzureSdk=$AzureSdk }$tool $arguments${POND_BUDGET_START:+ # budget from $POND_BUDGET_START}" >>"$CALLS"
case "$tool $arguments" in
  *"${REFUSED:-nothing is refused}"*) exit 1 ;;
  az*.outputs.hasBootstrapKey.*) echo "${HAS_BOOTSTRAP_KEY:-true}" ;;
  az*.outputs.*)
    asked=${arguments#*.outputs.}
    echo "the-${asked%%.value*}"
    ;;
  az*"budget list"*) echo "${BUDGET:-}" ;;
  az*"secret list"*) echo "${HELD:-}" ;;
  dotnet*)
    folder=${arguments#*--output }
    mkdir -p "${folder%% *}"
    ;;
  openssl*) echo random ;;
esac
