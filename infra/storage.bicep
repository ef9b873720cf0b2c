// Two accounts, so that neither the limits nor the roles of the Functions host touch the data. Keys are off in both.
param location string
param tags object
param hostAccountName string
param dataAccountName string
param dataSku string
param keepFromDeletion bool
param appPrincipalId string

// The table of all rows, AzureStorage.TableName; and a queue for every queue trigger. Tests hold them to the code.
var tableName = 'PondRows'
var triggeredQueues = [
  'activity-publishing'
  'audit'
  'bargain-attempts'
  'bargain-helps'
  'bargain-helps-refused'
  'channel-counts'
  'channel-coupons'
  'code-images'
  'coupon-catalogue'
  'coupon-code-batches'
  'coupon-code-claims'
  'coupon-code-ends'
  'coupon-code-settlements'
  'coupon-gift-ends'
  'coupon-gifts'
  'coupon-lendings'
  'coupon-merges'
  'coupon-shards'
  'coupon-stocks'
  'coupon-wallets'
  'exports'
  'flash-claims'
  'flash-codes-back'
  'flash-lendings'
  'group-lists'
  'group-seats-sent'
  'growth-moves'
  'honours'
  'leaderboard-scores'
  'member-erasures'
  'member-joins'
  'member-merges'
  'member-registrations'
  'member-scans'
  'order-deals-bargains'
  'order-deals-flash-sales'
  'order-deals-group-buys'
  'order-deals-settled'
  'order-moves'
  'order-refunded-coupons'
  'order-refunded-growth'
  'order-refunded-points'
  'order-refunded-stock'
  'order-refunded-uses'
  'order-reward-coupons'
  'order-reward-growth'
  'order-reward-points'
  'order-settled-coupons'
  'order-settled-points'
  'order-settled-stock'
  'order-settled-uses'
  'order-shipments'
  'order-value-cycles'
  'order-values'
  'payment-books'
  'payment-closed'
  'payment-closing'
  'payment-succeeded'
  'payment-tickets'
  'payment-tickets-settled'
  'points-adjustments'
  'points-merges'
  'points-moves'
  'product-catalogue'
  'product-imports'
  'product-stock-adjustments'
  'product-stock-moves'
  'promotion-grants'
  'referral-coupons'
  'referral-growth'
  'referral-points'
  'referral-reviews'
  'refund-settled'
  'refund-wanted'
  'reminder-merges'
  'share-opens'
  'tag-erasures'
  'tag-merges'
  'tag-moves'
  'tags-wanted'
  'tier-coupons'
  'tier-merges'
  'tier-points'
  'touch-counts'
  'touch-merges'
  'touch-plans'
  'touch-sends'
  'touch-subscriptions'
  'touch-voids'
]
var poisonQueues = map(triggeredQueues, queue => '${queue}-poison')

var closed = {
  allowSharedKeyAccess: false
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  defaultToOAuthAuthentication: true
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
}

// Owner, not Contributor: the host sets leases and access on its own blobs. See the README for the other two.
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor

resource hostAccount 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: hostAccountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: closed
}

resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: hostAccount
  name: 'default'
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: hostBlobs
  name: 'deployments'
  properties: { publicAccess: 'None' }
}

resource hostOwnsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, appPrincipalId, blobDataOwner)
  scope: hostAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataOwner)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: dataAccountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: dataSku }
  properties: closed
}

resource dataTables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: dataAccount
  name: 'default'
}

resource rows 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = {
  parent: dataTables
  name: tableName
}

resource dataQueues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: dataAccount
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [
  for queue in concat(triggeredQueues, poisonQueues): {
    parent: dataQueues
    name: queue
  }
]

// Nobody deletes the data with a slip of the hand: the lock goes first.
resource keepData 'Microsoft.Authorization/locks@2020-05-01' = if (keepFromDeletion) {
  name: 'keep-data'
  scope: dataAccount
  properties: {
    level: 'CanNotDelete'
    notes: 'All that members own is here. Azure keeps no other copy of tables.'
  }
}

resource appUsesRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, appPrincipalId, tableDataContributor)
  scope: dataAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource appUsesQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, appPrincipalId, queueDataContributor)
  scope: dataAccount
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataContributor)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

output hostAccountName string = hostAccount.name
output deploymentContainerName string = deployments.name
output dataAccountName string = dataAccount.name
