using Pond.Tests.Queues;
using Pond.Tests.Storage;

namespace Pond.Tests.Flavours;

/// <summary>Every store and every queue is held to the contract, so that a green run means all three of each.</summary>
public sealed class HoldingContracts
{
    private const string Missing =
        "The tests against Azure's storage are not in this build, because what they need is not installed. " +
        "Run \"npm ci --prefix miniprogram-api-tests/azure\" (it needs Node.js 20 or newer), then the tests again.";

    private static readonly string[] Kinds = ["Azure", "Memory", "Simulated", "Sqlite"];
    private static readonly Type[] Suites = typeof(HoldingContracts).Assembly.GetTypes();

    [Fact]
    public void In_memory_in_SQLite_and_in_Azure_every_contract_is_held()
    {
        Assert.True(Holders(typeof(PartitionStoreContract)).Contains("AzurePartitionStoreTests"), Missing);

        var contracts = Suites.Where(type => type.IsAbstract && type.Name.EndsWith("Contract", StringComparison.Ordinal));
        Assert.Contains(typeof(MessageQueuesContract), contracts);
        Assert.All(contracts, contract => Assert.Equal(
            Kinds.Where(kind => kind != "Simulated" || contract != typeof(WholeStoreContract)), // no app copies itself
            Holders(contract).Select(name => Kinds.Single(kind => name.StartsWith(kind, StringComparison.Ordinal)))));
    }

    private static IEnumerable<string> Holders(Type contract) =>
        Suites.Where(type => type.IsSubclassOf(contract) && !type.IsAbstract).Select(type => type.Name).Order();
}
