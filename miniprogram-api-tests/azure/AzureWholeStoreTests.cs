using Pond.Platform;
using Pond.Platform.Azure;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Azure;

public sealed class AzureWholeStoreTests : WholeStoreContract
{
    protected override async Task<(WholeStore Whole, PartitionStore Store)> Open()
    {
        var storage = await OpenAccount();
        return (new AzureWholeStore(storage), new AzurePartitionStore(storage));
    }

    [Fact]
    public async Task A_scan_of_a_missing_table_fails_as_a_store_that_does_not_answer()
    {
        var whole = new AzureWholeStore(await OpenAccount());

        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            await foreach (var row in whole.Scan(null, CancellationToken.None)) Assert.Fail($"{row}");
        });
    }

    private static async Task<AzureStorage> OpenAccount() => AzureStorage.Open(
        new PondStorageOptions { ConnectionString = (await Azurite.Shared).NewAccount() }, StoreUse.Serving);
}
