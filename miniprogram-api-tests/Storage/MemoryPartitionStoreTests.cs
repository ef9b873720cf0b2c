using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public sealed class MemoryPartitionStoreTests : PartitionStoreContract
{
    protected override Task<PartitionStore> Open() => Task.FromResult<PartitionStore>(new MemoryPartitionStore());
}
