// A small one to try things on, with a mini-program of its own.
using 'main.bicep'

param environmentName = 'dev'
param location = readEnvironmentVariable('POND_LOCATION')
param alertEmail = readEnvironmentVariable('POND_ALERT_EMAIL')
param weChatAppId = readEnvironmentVariable('POND_WECHAT_APP_ID')
param weChatPayMchId = readEnvironmentVariable('POND_WECHAT_PAY_MCH_ID')
param weChatPayMerchantSerial = readEnvironmentVariable('POND_WECHAT_PAY_MERCHANT_SERIAL')
param weChatPayPublicKeyId = readEnvironmentVariable('POND_WECHAT_PAY_PUBLIC_KEY_ID', '')
param weChatPayPublicKey = readEnvironmentVariable('POND_WECHAT_PAY_PUBLIC_KEY', '')
param weChatPayNotifyBase = readEnvironmentVariable('POND_WECHAT_PAY_NOTIFY_BASE', '')
param secretsOfficerId = readEnvironmentVariable('POND_SECRETS_OFFICER_ID', '')
param signingKeyId = 'dev-1'
param monthlyBudget = 50
param budgetStart = readEnvironmentVariable('POND_BUDGET_START')
