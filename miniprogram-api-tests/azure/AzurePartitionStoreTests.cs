using Pond.Platform;
using Pond.Platform.Azure;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Azure;

public sealed class AzurePartitionStoreTests : PartitionStoreContract
{
    private static readonly Lazy<Task<AzureStorage>> Account = new(OpenAccount);

    protected override async Task<PartitionStore> Open() => new AzurePartitionStore(await Account.Value);

    private static async Task<AzureStorage> OpenAccount()
    {
        var connection = (await Azurite.Shared).NewAccount();
        var storage = AzureStorage.Open(new PondStorageOptions { ConnectionString = connection }, StoreUse.Serving);
        await storage.Commits.CreateAsync();
        return storage;
    }
}
