using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

public sealed class MemoryQueuesTests : MessageQueuesContract
{
    protected override Task<MessageQueues> Open(TimeProvider clock) =>
        Task.FromResult<MessageQueues>(new MemoryQueues(clock));
}
