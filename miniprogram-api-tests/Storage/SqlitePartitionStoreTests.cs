using Pond.Platform.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public sealed class SqlitePartitionStoreTests : PartitionStoreContract
{
    private readonly SqliteFile file = new();

    protected override Task<PartitionStore> Open() =>
        Task.FromResult<PartitionStore>(new SqlitePartitionStore(file.Open()));

    protected override Task Close() => file.DisposeAsync().AsTask();
}
