// What is worth a mail. Each rule says what to do in infra/README.md.
param location string
param tags object
param email string
param workspaceId string
param dataAccountName string
param monthlyBudget int
param budgetStart string

resource dataAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: dataAccountName
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-pond'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'pond'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// By the logs and not by the platform's metrics: which of those Flex Consumption has is not the same everywhere.
var logRules = [
  {
    name: 'http-5xx'
    description: 'The app answered with 5xx five times in five minutes.'
    severity: 1
    query: 'AppRequests | where toint(ResultCode) >= 500'
    moreThan: 4
    frequency: 'PT5M'
    window: 'PT5M'
  }
  {
    // WatchPoisonQueues writes the line every five minutes for each queue that holds something.
    name: 'poisoned-messages'
    description: 'A message failed every try and waits in a poison queue.'
    severity: 2
    query: 'AppTraces | where Message has "poisoned messages"'
    moreThan: 0
    frequency: 'PT15M'
    window: 'PT15M'
  }
  {
    // Requests that are not HTTP have the result code 0.
    name: 'failed-executions'
    description: 'Timers or queue messages failed ten times in fifteen minutes.'
    severity: 2
    query: 'AppRequests | where Success == false and toint(ResultCode) == 0'
    moreThan: 9
    frequency: 'PT15M'
    window: 'PT15M'
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: rule.name
    location: location
    tags: tags
    properties: {
      displayName: rule.name
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: rule.moreThan
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: [operators.id] }
      autoMitigate: true
      // The tables of a new workspace do not exist before the first line.
      skipQueryValidation: true
    }
  }
]

resource throttled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'storage-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The data account refused calls because there were too many.'
    severity: 2
    enabled: true
    scopes: [dataAccount.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 20
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ClientThrottlingError'
                'ClientAccountRequestThrottlingError'
                'ClientAccountBandwidthThrottlingError'
                'ServerBusyError'
              ]
            }
          ]
        }
      ]
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (monthlyBudget > 0) {
  name: 'pond'
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [email]
        contactGroups: [operators.id]
      }
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
        contactGroups: [operators.id]
      }
    }
  }
}
