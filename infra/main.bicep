// Everything that Pond needs in Azure, in a resource group of its own. Start at README.md.
targetScope = 'subscription'

@description('Part of every name: dev, prod, or what azd calls its environment.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('A region that has Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string

@description('Who is told when something is wrong.')
param alertEmail string

@description('Of the mini-program: wx and 16 hexadecimal digits. Its secret goes into the vault.')
param weChatAppId string

@description('The merchant at WeChat Pay. Their private key and APIv3 key go into the vault.')
param weChatPayMchId string

@description('Serial number of the merchant\'s API certificate.')
param weChatPayMerchantSerial string

@description('WeChat Pay\'s public key, by its id; empty for merchants who verify with platform certificates.')
param weChatPayPublicKeyId string = ''

@description('The public key of that id, in base64.')
param weChatPayPublicKey string = ''

@description('Where WeChat Pay reaches the app, as https://api.example.cn; empty for the address that Azure gives it.')
param weChatPayNotifyBase string = ''

@description('Names the key that signs access tokens. Its secret goes into the vault as session-signing-key-<id>.')
param signingKeyId string

@description('Another key that is accepted while the first is being replaced; empty as a rule.')
param secondSigningKeyId string = ''

@description('Whether the vault has the key that adds operators. Turn it off once there is an owner.')
param hasBootstrapKey bool = true

@description('Whether the vault has the master key before this one, while members are wrapped anew.')
param hasPreviousMasterKey bool = false

@description('Whether the vault has the token and the EncodingAESKey by which WeChat pushes events.')
param hasPushes bool = false

@description('Whether the vault has the EncodingAESKey before this one, for as long as WeChat may use it.')
param hasPreviousPushAesKey bool = false

@description('The Entra ID tenant at which operators sign in; empty where they have keys of their own.')
param operatorsTenantId string = ''

@description('The client id of this app in that tenant; empty without one.')
param operatorsAudience string = ''

@description('Where that tenant is.')
param operatorsAuthority string = 'https://login.microsoftonline.com'

@description('The header in which a proxy that nobody can go around says who calls, as X-Azure-ClientIP; empty for none.')
param clientAddressHeader string = ''

@description('Logins of one network address in a minute, on each instance.')
param loginsPerAddressPerMinute int = 120

@description('Logins of one WeChat user in a minute, on each instance.')
param loginsPerUserPerMinute int = 10

@description('Points for a check-in; 0 checks in without a reward.')
param checkInPoints int = 5

@description('Months until points end; 0 when they last for ever.')
param lotMonths int = 12

@description('The most points that an operator gives or takes alone; more waits for another operator.')
param adjustmentApprovalLimit int = 10000

@description('The period at whose end they do: day (not rounded), month, quarter, halfYear or year.')
param expiryRounding string = 'month'

@description('Days until points end, in place of months; 0 for months.')
param expiryDays int = 0

@description('The day of each year with which points end, as 12-31, in place of months; empty for months.')
param expiryDate string = ''

@description('The most points that a member earns on one day; 0 for no cap.')
param earnCapPerDay int = 0

@description('The same for each kind of reason; 0 for no cap.')
param earnCapPerKindPerDay int = 0

@description('The most instances that the platform may start.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Requests that one instance serves at once, before the platform starts another.')
@minValue(1)
@maxValue(1000)
param httpPerInstanceConcurrency int = 32

@description('Instances for HTTP that are always warm; each costs money all day.')
@minValue(0)
param alwaysReadyHttpInstances int = 0

@description('Replication of the data: Standard_ZRS where the region has zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param dataSku string = 'Standard_LRS'

@description('Whether data and secrets are kept from being deleted. For the vault it cannot be turned off again.')
param keepFromDeletion bool = false

@description('The domain that WeChat calls, as api.example.cn; empty for none. WeChat wants it filed (ICP).')
param customDomain string = ''

@description('False the first time, when the domain is only bound; true afterwards: certificate and TLS.')
param customDomainHasCertificate bool = false

@description('Money a month, in the currency of the account, that is worth a mail; 0 for no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('The first day of the month in which the budget was made, as 2026-01-01: Azure never lets it change.')
param budgetStart string = ''

@description('Object id of who writes the secrets into the vault; empty when they have the role already.')
param secretsOfficerId string = ''

var suffix = uniqueString(subscription().id, environmentName, location)
var tags = { app: 'pond', 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-pond-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    location: location
    tags: tags
    name: 'id-pond-${suffix}'
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    location: location
    tags: tags
    workspaceName: 'log-pond-${suffix}'
    componentName: 'appi-pond-${suffix}'
    appPrincipalId: identity.outputs.principalId
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    tags: tags
    hostAccountName: 'sthost${suffix}'
    dataAccountName: 'stdata${suffix}'
    dataSku: dataSku
    keepFromDeletion: keepFromDeletion
    appPrincipalId: identity.outputs.principalId
  }
}

module vault 'vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    tags: tags
    name: 'kv-${suffix}'
    keepFromDeletion: keepFromDeletion
    appPrincipalId: identity.outputs.principalId
    secretsOfficerId: secretsOfficerId
  }
}

module functionApp 'functionApp.bicep' = {
  name: 'functionApp'
  scope: group
  params: {
    location: location
    tags: tags
    planName: 'plan-pond-${suffix}'
    name: 'func-pond-${suffix}'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostAccountName: storage.outputs.hostAccountName
    deploymentContainerName: storage.outputs.deploymentContainerName
    dataAccountName: storage.outputs.dataAccountName
    monitoringConnectionString: monitoring.outputs.connectionString
    vaultUri: vault.outputs.uri
    weChatAppId: weChatAppId
    weChatPayMchId: weChatPayMchId
    weChatPayMerchantSerial: weChatPayMerchantSerial
    weChatPayPublicKeyId: weChatPayPublicKeyId
    weChatPayPublicKey: weChatPayPublicKey
    weChatPayNotifyBase: weChatPayNotifyBase
    signingKeyId: signingKeyId
    secondSigningKeyId: secondSigningKeyId
    hasBootstrapKey: hasBootstrapKey
    hasPreviousMasterKey: hasPreviousMasterKey
    hasPushes: hasPushes
    hasPreviousPushAesKey: hasPreviousPushAesKey
    operatorsTenantId: operatorsTenantId
    operatorsAudience: operatorsAudience
    operatorsAuthority: operatorsAuthority
    clientAddressHeader: clientAddressHeader
    loginsPerAddressPerMinute: loginsPerAddressPerMinute
    loginsPerUserPerMinute: loginsPerUserPerMinute
    checkInPoints: checkInPoints
    lotMonths: lotMonths
    adjustmentApprovalLimit: adjustmentApprovalLimit
    expiryRounding: expiryRounding
    expiryDays: expiryDays
    expiryDate: expiryDate
    earnCapPerDay: earnCapPerDay
    earnCapPerKindPerDay: earnCapPerKindPerDay
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    httpPerInstanceConcurrency: httpPerInstanceConcurrency
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
  }
}

module domain 'customDomain.bicep' = if (!empty(customDomain)) {
  name: 'customDomain'
  scope: group
  params: {
    location: location
    tags: tags
    functionAppName: functionApp.outputs.name
    domain: customDomain
    hasCertificate: customDomainHasCertificate
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    dataAccountName: storage.outputs.dataAccountName
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

output resourceGroupName string = group.name
output functionAppName string = functionApp.outputs.name
output functionAppId string = functionApp.outputs.id
output functionAppHost string = functionApp.outputs.host
output vaultName string = vault.outputs.name
output signingKeyId string = signingKeyId
output hasBootstrapKey bool = hasBootstrapKey
