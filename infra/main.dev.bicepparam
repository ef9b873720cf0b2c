// A small one to try things on, with a mini-program of its own.
using 'main.bicep'

param environmentName = 'dev'
param location = readEnvironmentVariable('POND_LOCATION')
param alertEmail = readEnvironmentVariable('POND_ALERT_EMAIL')
param weChatAppId = readEnvironmentVariable('POND_WECHAT_APP_ID')
param secretsOfficerId = readEnvironmentVariable('POND_SECRETS_OFFICER_ID', '')
param signingKeyId = 'dev-1'
param monthlyBudget = 50
param budgetStart = readEnvironmentVariable('POND_BUDGET_START')
