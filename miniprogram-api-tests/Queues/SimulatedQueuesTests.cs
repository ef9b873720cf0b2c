using Pond.Platform.Queues;
using Pond.Tests.Simulation;

namespace Pond.Tests.Queues;

public sealed class SimulatedQueuesTests : MessageQueuesContract
{
    private readonly Driven driven = new();

    protected override Task<MessageQueues> Open(TimeProvider clock) => Task.FromResult(driven.Queues);

    protected override Task Pass(TimeSpan time)
    {
        driven.Pass(time);
        return Task.CompletedTask;
    }
}
