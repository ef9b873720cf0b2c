using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public sealed class MemoryWholeStoreTests : WholeStoreContract
{
    protected override Task<(WholeStore Whole, PartitionStore Store)> Open()
    {
        var store = new MemoryPartitionStore();
        return Task.FromResult<(WholeStore, PartitionStore)>((new MemoryWholeStore(store), store));
    }
}
