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
  POND_WECHAT_PAY_MCH_ID, POND_WECHAT_PAY_MERCHANT_SERIAL
                              the merchant at WeChat Pay, and the serial number of their API certificate
  POND_WECHAT_PAY_PUBLIC_KEY_ID, POND_WECHAT_PAY_PUBLIC_KEY
                              WeChat Pay's public key (base64); left out where platform certificates verify
  POND_WECHAT_PAY_NOTIFY_BASE where WeChat Pay reaches the app; left out for Azure's address
  POND_DOMAIN                 the domain that WeChat calls; may be left out
  POND_DOMAIN_HAS_CERTIFICATE true from the second time on, when the domain is bound
secrets reads:
  POND_WECHAT_APP_SECRET      of the mini-program
  POND_WECHAT_PAY_PRIVATE_KEY of the merchant's API certificate: what apiclient_key.pem holds
  POND_WECHAT_PAY_API_V3_KEY  32 characters, set in the merchant's console
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

# The month of the budget that is there, which Azure never lets change, or this month.
budget_start() {
  local start
  start=$(az consumption budget list --resource-group "rg-pond-$environment" \
    --query "[?name=='pond'].timePeriod.startDate | [0]" --output tsv 2>/dev/null) || start=
  if [[ -n $start ]]; then echo "${start:0:10}"; else printf '%(%Y-%m)T-01\n' -1; fi
}

deployment() {
  local verb=$1
  need_tools az
  need_settings POND_LOCATION POND_ALERT_EMAIL POND_WECHAT_APP_ID POND_WECHAT_PAY_MCH_ID \
    POND_WECHAT_PAY_MERCHANT_SERIAL
  # Whoever provisions may write the secrets: a person is asked for here, a pipeline sets it itself.
  POND_SECRETS_OFFICER_ID=${POND_SECRETS_OFFICER_ID:-$(az ad signed-in-user show --query id --output tsv)}
  POND_BUDGET_START=${POND_BUDGET_START:-$(budget_start)}
  export POND_SECRETS_OFFICER_ID POND_BUDGET_START
  az deployment sub "$verb" \
    --name "pond-$environment" \
    --location "$POND_LOCATION" \
    --parameters "$parameters"
}

has_secret() {
  grep --quiet --fixed-strings --line-regexp -- "$1" <<<"$held"
}

# Writes by a file that nobody else can read, as the words of a command are seen by everybody on the machine.
put_secret() {
  local name=$1 value=$2
  printf '%s' "$value" >"$scratch/secret"
  az keyvault secret set --vault-name "$vault" --name "$name" --file "$scratch/secret" --encoding utf-8 --output none ||
    fail "the vault did not take $name. A new role needs some minutes: try again then."
  rm "$scratch/secret"
  echo "put $name"
}

# A secret that a person knows, from the variable named.
take_secret() {
  local name=$1 variable=$2
  if has_secret "$name"; then
    echo "kept $name"
  else
    need_settings "$variable"
    put_secret "$name" "${!variable}"
  fi
}

# A secret that nobody needs to know: 32 random bytes, in the form that the app wants.
make_secret() {
  local name=$1 form=$2 prefix=${3:-}
  if has_secret "$name"; then
    echo "kept $name"
  else
    put_secret "$name" "$prefix$(openssl rand "-$form" 32)"
  fi
}

secrets() {
  need_tools az openssl
  local key_id bootstrap app
  key_id=$(output signingKeyId)
  bootstrap=$(output hasBootstrapKey)
  app=$(output functionAppId)
  vault=$(output vaultName)
  held=$(az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv) ||
    fail "the vault does not tell what it holds. A new role needs some minutes: call '$0 secrets $environment' then."
  take_secret wechat-app-secret POND_WECHAT_APP_SECRET
  take_secret wechat-pay-private-key POND_WECHAT_PAY_PRIVATE_KEY
  take_secret wechat-pay-api-v3-key POND_WECHAT_PAY_API_V3_KEY
  make_secret "session-signing-key-$key_id" base64
  make_secret personal-data-master-key base64
  make_secret personal-data-index-key base64
  if [[ $bootstrap == true ]]; then make_secret operators-bootstrap-key hex pond_; fi

  # The app reads its secrets when it starts, and again a day later; this asks for it now.
  az rest --method post --output none \
    --url "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01"
}

publish() {
  need_tools az dotnet zip
  local group app
  group=$(output resourceGroupName)
  app=$(output functionAppName)
  AzureSdk=nuget dotnet publish functions --configuration Release --output "$scratch/app" -p:AzureSdk=nuget
  (cd "$scratch/app" && zip --quiet --recurse-paths "$scratch/pond.zip" .) # with the hidden .azurefunctions
  az functionapp deployment source config-zip --src "$scratch/pond.zip" \
    --resource-group "$group" --name "$app"
}

publish_func() {
  need_tools az dotnet func
  local app
  app=$(output functionAppName)
  (cd functions && AzureSdk=nuget func azure functionapp publish "$app" --dotnet-isolated)
}

[[ $# -eq 2 ]] || { usage >&2; exit 2; }
command=$1
environment=$2
cd "$(dirname "$0")/.."
parameters=infra/main.$environment.bicepparam
[[ -f $parameters ]] || fail "there is no $parameters"
scratch=$(mktemp -d) # only its owner may look into it
trap 'rm -rf "$scratch"' EXIT

case $command in
  provision) deployment create ;;
  preview) deployment what-if ;;
  secrets) secrets ;;
  publish) publish ;;
  publish-func) publish_func ;;
  all)
    need_tools az openssl dotnet zip # all at once, and before anything is made
    deployment create
    secrets
    publish
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
