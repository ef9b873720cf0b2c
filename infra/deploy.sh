#!/usr/bin/env bash
# Brings Pond to Azure. Read infra/README.md first.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: infra/deploy.sh COMMAND ENVIRONMENT

  provision   make or change the resources, from infra/main.ENVIRONMENT.bicepparam
  preview     say what provision would change, and change nothing
  secrets     put the secrets that the vault lacks into it; none is ever replaced
  publish     build the app and deploy it as a zip, by the Azure CLI
  publish-func  the same, by the Functions Core Tools
  all         provision, secrets, publish

ENVIRONMENT   dev or prod: a parameter file of that name

provision and preview read:
  POND_LOCATION               region, as southeastasia
  POND_ALERT_EMAIL            who is told when something is wrong
  POND_WECHAT_APP_ID          of the mini-program
  POND_DOMAIN                 the domain that WeChat calls; may be left out
  POND_DOMAIN_HAS_CERTIFICATE true from the second time on, when the domain is bound
secrets reads:
  POND_WECHAT_APP_SECRET      of the mini-program
USAGE
}

fail() {
  echo "deploy.sh: $*" >&2
  exit 1
}

# Says every tool that is missing at once.
need_tools() {
  local tool missing=()
  for tool in "$@"; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [[ ${#missing[@]} -eq 0 ]] || fail "these tools are missing: ${missing[*]}"
}

need_settings() {
  local name missing=()
  for name in "$@"; do
    [[ -n "${!name:-}" ]] || missing+=("$name")
  done
  [[ ${#missing[@]} -eq 0 ]] || fail "these environment variables are missing: ${missing[*]}"
}

# An output of the last provision.
output() {
  az deployment sub show --name "pond-$environment" --query "properties.outputs.$1.value" --output tsv
}

deployment() {
  local verb=$1
  need_tools az
  need_settings POND_LOCATION POND_ALERT_EMAIL POND_WECHAT_APP_ID
  # Whoever provisions may write the secrets: a person is asked for here, a pipeline sets it itself.
  POND_SECRETS_OFFICER_ID=${POND_SECRETS_OFFICER_ID:-$(az ad signed-in-user show --query id --output tsv)}
  export POND_SECRETS_OFFICER_ID
  az deployment sub "$verb" \
    --name "pond-$environment" \
    --location "$POND_LOCATION" \
    --parameters "$parameters"
}

has_secret() {
  [[ -n $(az keyvault secret list --vault-name "$vault" --query "[?name=='$1'].name" --output tsv) ]]
}

# Writes by a file that nobody else can read, as the words of a command are seen by everybody on the machine.
put_secret() {
  local name=$1 value=$2 file
  file=$(mktemp)
  printf '%s' "$value" >"$file"
  az keyvault secret set --vault-name "$vault" --name "$name" --file "$file" --encoding utf-8 --output none ||
    { rm -f "$file"; fail "the vault did not take $name: a new role needs some minutes, try again"; }
  rm -f "$file"
  echo "put $name"
}

# A secret that nobody needs to know: 32 random bytes.
make_secret() {
  local name=$1 prefix=${2:-}
  if has_secret "$name"; then
    echo "kept $name"
  else
    put_secret "$name" "$prefix$(openssl rand -base64 32)"
  fi
}

secrets() {
  need_tools az openssl
  vault=$(output vaultName)
  if has_secret wechat-app-secret; then
    echo "kept wechat-app-secret"
  else
    need_settings POND_WECHAT_APP_SECRET
    put_secret wechat-app-secret "$POND_WECHAT_APP_SECRET"
  fi
  make_secret "session-signing-key-$(output signingKeyId)"
  make_secret personal-data-master-key
  make_secret operators-bootstrap-key pond_

  # The app reads its secrets when it starts, and a day later.
  az rest --method post --output none \
    --url "$(output functionAppId)/config/configreferences/appsettings/refresh?api-version=2022-03-01"
}

publish() {
  need_tools az dotnet zip
  local folder
  folder=$(mktemp -d)
  AzureSdk=nuget dotnet publish functions --configuration Release --output "$folder/app" -p:AzureSdk=nuget
  (cd "$folder/app" && zip --quiet --recurse-paths "$folder/pond.zip" .) # with .azurefunctions
  az functionapp deployment source config-zip --src "$folder/pond.zip" \
    --resource-group "$(output resourceGroupName)" --name "$(output functionAppName)"
  rm -rf "$folder"
}

publish_func() {
  need_tools az dotnet func
  local name
  name=$(output functionAppName)
  (cd functions && AzureSdk=nuget func azure functionapp publish "$name" --dotnet-isolated)
}

[[ $# -eq 2 ]] || { usage >&2; exit 2; }
command=$1
environment=$2
cd "$(dirname "$0")/.."
parameters=infra/main.$environment.bicepparam
[[ -f $parameters ]] || fail "there is no $parameters"

case $command in
  provision) deployment create ;;
  preview) deployment what-if ;;
  secrets) secrets ;;
  publish) publish ;;
  publish-func) publish_func ;;
  all)
    deployment create
    secrets
    publish
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
