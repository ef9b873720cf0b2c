using Pond.Platform;
using Pond.Platform.Azure;
using Pond.Platform.Queues;
using Pond.Tests.Queues;

namespace Pond.Tests.Azure;

public sealed class AzureQueuesTests : MessageQueuesContract
{
    private static readonly Lazy<Task<AzureStorage>> Account = new(OpenAccount);

    protected override async Task<MessageQueues> Open(TimeProvider clock) => new AzureQueues(await Account.Value);

    // The service's clock is nobody's to move.
    protected override Task Pass(TimeSpan time) => Task.Delay(time);

    private static async Task<AzureStorage> OpenAccount() => AzureStorage.Open(
        new PondStorageOptions { ConnectionString = (await Azurite.Shared).NewAccount() }, StoreUse.Serving);
}
