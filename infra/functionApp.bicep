// The function app on Flex Consumption, and its settings.
param location string
param tags object
param planName string
param name string
param identityId string
param identityClientId string
param hostAccountName string
param deploymentContainerName string
param dataAccountName string
param monitoringConnectionString string
param vaultUri string
param weChatAppId string
param weChatPayMchId string
param weChatPayMerchantSerial string
param weChatPayPublicKeyId string
param weChatPayPublicKey string
param weChatPayNotifyBase string
param signingKeyId string
param secondSigningKeyId string
param hasBootstrapKey bool
param hasPreviousMasterKey bool
param hasPushes bool
param hasPreviousPushAesKey bool
param operatorsTenantId string
param operatorsAudience string
param operatorsAuthority string
param clientAddressHeader string
param loginsPerAddressPerMinute int
param loginsPerUserPerMinute int
param checkInPoints int
param lotMonths int
param adjustmentApprovalLimit int
param expiryRounding string
param expiryDays int
param expiryDate string
param earnCapPerDay int
param earnCapPerKindPerDay int
param maximumInstanceCount int
param instanceMemoryMB int
param httpPerInstanceConcurrency int
param alwaysReadyHttpInstances int

// The suffix differs between clouds: core.windows.net, core.chinacloudapi.cn.
var storageSuffix = environment().suffixes.storage
var hostBlobs = 'https://${hostAccountName}.blob.${storageSuffix}'
var secrets = '${vaultUri}secrets'

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostBlobs}/${deploymentContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      // How many messages one instance takes at once is in functions/host.json.
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        triggers: { http: { perInstanceConcurrency: httpPerInstanceConcurrency } }
        alwaysReady: alwaysReadyHttpInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyHttpInstances
              }
            ]
      }
    }
  }
}

// Whoever deploys does so by their own identity, never by a publishing password.
resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

var settings = {
  // of the Functions host
  AzureWebJobsStorage__blobServiceUri: hostBlobs
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: monitoringConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'

  // of the app, and for PondStorage of the host too, which reads the queues
  PondStorage__tableServiceUri: 'https://${dataAccountName}.table.${storageSuffix}'
  PondStorage__queueServiceUri: 'https://${dataAccountName}.queue.${storageSuffix}'
  PondStorage__credential: 'managedidentity'
  PondStorage__clientId: identityClientId
  WeChat__AppId: weChatAppId
  WeChat__AppSecret: '@Microsoft.KeyVault(SecretUri=${secrets}/wechat-app-secret)'
  WeChat__ApiBase: 'https://api.weixin.qq.com'
  WeChat__MiniProgramState: 'formal'
  WeChatPay__MchId: weChatPayMchId
  WeChatPay__MerchantSerial: weChatPayMerchantSerial
  WeChatPay__PrivateKey: '@Microsoft.KeyVault(SecretUri=${secrets}/wechat-pay-private-key)'
  WeChatPay__ApiV3Key: '@Microsoft.KeyVault(SecretUri=${secrets}/wechat-pay-api-v3-key)'
  WeChatPay__PublicKeyId: weChatPayPublicKeyId
  WeChatPay__PublicKey: weChatPayPublicKey
  WeChatPay__ApiBase: 'https://api.mch.weixin.qq.com'
  WeChatPay__NotifyBase: empty(weChatPayNotifyBase) ? 'https://${app.properties.defaultHostName}' : weChatPayNotifyBase
  Session__SigningKeys__0__Id: signingKeyId
  Session__SigningKeys__0__Secret: '@Microsoft.KeyVault(SecretUri=${secrets}/session-signing-key-${signingKeyId})'
  Session__LoginsPerAddressPerMinute: string(loginsPerAddressPerMinute)
  Session__LoginsPerUserPerMinute: string(loginsPerUserPerMinute)
  Session__ClientAddressHeader: clientAddressHeader
  PersonalData__MasterKey: '@Microsoft.KeyVault(SecretUri=${secrets}/personal-data-master-key)'
  PersonalData__IndexKey: '@Microsoft.KeyVault(SecretUri=${secrets}/personal-data-index-key)'
  Operators__TenantId: operatorsTenantId
  Operators__Audience: operatorsAudience
  Operators__Authority: operatorsAuthority
  CouponCodes__AttemptsPerAddressPerMinute: '120'
  CouponCodes__AttemptsPerMemberPerMinute: '10'
  Points__CheckInPoints: string(checkInPoints)
  Points__LotMonths: string(lotMonths)
  Points__AdjustmentApprovalLimit: string(adjustmentApprovalLimit)
  Points__ExpiryRounding: expiryRounding
  Points__ExpiryDays: string(expiryDays)
  Points__ExpiryDate: expiryDate
  Points__EarnCapPerDay: string(earnCapPerDay)
  Points__EarnCapPerKindPerDay: string(earnCapPerKindPerDay)
  Orders__PayMinutes: '30'
  Orders__ReceiptDays: '14'
  Orders__RefundDaysAfterReceipt: '15'
  Orders__RefundDecisionDays: '3'
  Orders__RefundReturnDays: '7'
  Orders__RefundInspectionDays: '10'
  Orders__AutoRefundUnshipped: 'false'
  Pricing__PointsPerYuan: '1'
  Pricing__GrowthPerYuan: '1'
  Pricing__PointsPerFen: '1'
  Pricing__PointsShareMaxBp: '5000'
  Pricing__PointsPerOrderMax: '0'
  Pricing__IsZeroPayAllowed: 'false'
}

// A reference to a secret that is not there would be taken for the secret itself: these come only when they are.
var secondSigningKey = {
  Session__SigningKeys__1__Id: secondSigningKeyId
  Session__SigningKeys__1__Secret: '@Microsoft.KeyVault(SecretUri=${secrets}/session-signing-key-${secondSigningKeyId})'
}
var bootstrapKey = {
  Operators__BootstrapKey: '@Microsoft.KeyVault(SecretUri=${secrets}/operators-bootstrap-key)'
}
var previousMasterKey = {
  PersonalData__PreviousMasterKey: '@Microsoft.KeyVault(SecretUri=${secrets}/personal-data-previous-master-key)'
}
var pushes = {
  WeChat__PushToken: '@Microsoft.KeyVault(SecretUri=${secrets}/wechat-push-token)'
  WeChat__PushAesKey: '@Microsoft.KeyVault(SecretUri=${secrets}/wechat-push-aes-key)'
}
var previousPushAesKey = {
  WeChat__PreviousPushAesKey: '@Microsoft.KeyVault(SecretUri=${secrets}/wechat-push-previous-aes-key)'
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    settings,
    empty(secondSigningKeyId) ? {} : secondSigningKey,
    hasBootstrapKey ? bootstrapKey : {},
    hasPreviousMasterKey ? previousMasterKey : {},
    hasPushes ? pushes : {},
    hasPreviousPushAesKey ? previousPushAesKey : {}
  )
}

output name string = app.name
output id string = app.id
output host string = app.properties.defaultHostName
