// The real one: data in three zones, a warm instance for shoppers, data and secrets that are kept from deletion.
using 'main.bicep'

param environmentName = 'prod'
param location = readEnvironmentVariable('POND_LOCATION')
param alertEmail = readEnvironmentVariable('POND_ALERT_EMAIL')
param weChatAppId = readEnvironmentVariable('POND_WECHAT_APP_ID')
param weChatPayMchId = readEnvironmentVariable('POND_WECHAT_PAY_MCH_ID')
param weChatPayMerchantSerial = readEnvironmentVariable('POND_WECHAT_PAY_MERCHANT_SERIAL')
param weChatPayPublicKeyId = readEnvironmentVariable('POND_WECHAT_PAY_PUBLIC_KEY_ID', '')
param weChatPayPublicKey = readEnvironmentVariable('POND_WECHAT_PAY_PUBLIC_KEY', '')
param weChatPayNotifyBase = readEnvironmentVariable('POND_WECHAT_PAY_NOTIFY_BASE', '')
param secretsOfficerId = readEnvironmentVariable('POND_SECRETS_OFFICER_ID', '')
param signingKeyId = 'prod-1'
param dataSku = 'Standard_ZRS'
param keepFromDeletion = true
param maximumInstanceCount = 100
param alwaysReadyHttpInstances = 1
param monthlyBudget = 500
param budgetStart = readEnvironmentVariable('POND_BUDGET_START')

// Once a CNAME and a TXT record name it: see README.md, "A domain that WeChat calls".
param customDomain = readEnvironmentVariable('POND_DOMAIN', '')
param customDomainHasCertificate = bool(readEnvironmentVariable('POND_DOMAIN_HAS_CERTIFICATE', 'false'))
