using Pond.Platform.Azure;
using Pond.Tests.Infra;

namespace Pond.Tests.Azure;

/// <summary>What infra/ declares is what Azure defines; the compiler itself runs in the workflow.</summary>
public sealed class HoldingBicepAgainstAzure
{
    private static readonly Lazy<BicepTypes> Types = new();

    public static TheoryData<string> Files => [.. BicepFile.All.Select(file => file.Path)];

    [Theory, MemberData(nameof(Files))]
    public void Azure_takes_every_resource_of(string path) =>
        Assert.Equal("", Findings(BicepFile.All.Single(file => file.Path == path)));

    [Fact]
    public void The_table_is_that_of_the_app()
    {
        var storage = BicepFile.Named("storage.bicep");

        Assert.Equal(AzureStorage.TableName, ((BicepValue.Text)storage.Variable("tableName")).Value);
        var rows = (BicepValue.Properties)storage.Resource("rows").Value!;
        Assert.Equal("tableName", ((BicepValue.Expression)rows["name"]!).Source);
    }

    [Fact]
    public void Every_kind_of_mistake_is_found_and_named() => Assert.Equal(
        """
        wrong.bicep:10: a.properties.minimumTls is no property
        wrong.bicep:11: a.properties.accessTier is none of Hot, Cool, Premium, Cold
        wrong.bicep:12: a.properties.provisioningState is read-only
        wrong.bicep:13: a.properties.allowSharedKeyAccess is of another kind
        wrong.bicep:14: a.properties.networkAcls lacks defaultAction
        wrong.bicep:2: a.properties.keyPolicy.keyExpirationPeriodInDays is of another kind
        wrong.bicep:6: a lacks kind
        wrong.bicep:19: Microsoft.Storage/storageAccounts@2022-02-31 is unknown; there are 2023-05-01, 2024-01-01, 2025-01-01
        wrong.bicep:23: Microsoft.Storage/accounts@2023-05-01 is unknown
        wrong.bicep:29: e.properties.criteria.allOf[0] lacks metricName
        wrong.bicep:36: e.properties.scopes is of another kind
        wrong.bicep:42: f has no known name
        """,
        Findings(new("wrong.bicep", """
        var keys = {
          keyExpirationPeriodInDays: 'ten'
        }
        
        // A storage account with one mistake of each kind.
        resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
          name: 'a', location: location
          sku: { name: 'Standard_LRS' }
          properties: {
            minimumTls: 'TLS1_2'
            accessTier: 'Warm'
            provisioningState: state
            allowSharedKeyAccess: 'no'
            networkAcls: { bypass: 'None' }
            keyPolicy: keys
          }
        }

        resource b 'Microsoft.Storage/storageAccounts@2022-02-31' existing = {
          name: 'b'
        }

        resource c 'Microsoft.Storage/accounts@2023-05-01' = {}

        resource e 'Microsoft.Insights/metricAlerts@2018-03-01' = {
          name: 'e', location: 'global'
          properties: {
            criteria: { 'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria', allOf: [
              { criterionType: 'StaticThresholdCriterion', name: 'x', threshold: 1
                timeAggregation: 'Total', operator: 'GreaterThan'
                metricNme: 'Transactions'
              }
            ] }
            enabled: true
            severity: 2
            scopes: 'one'
            evaluationFrequency: 'PT5M'
            windowSize: 'PT5M'
          }
        }

        resource f 'Microsoft.Web/sites/config@2024-04-01' = {
          name: 'appSettings'
        }
        """)));

    private static string Findings(BicepFile file) => string.Join('\n', Types.Value.Findings(file));
}
