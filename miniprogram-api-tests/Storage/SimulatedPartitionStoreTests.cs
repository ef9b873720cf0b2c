using Pond.Platform.Storage;
using Pond.Tests.Simulation;

namespace Pond.Tests.Storage;

public sealed class SimulatedPartitionStoreTests : PartitionStoreContract
{
    protected override Task<PartitionStore> Open() => Task.FromResult(new Driven().Store);
}
