namespace Pond.Tests.Simulation;

/// <summary>
/// A time in which no commit lands and no message is taken, as when a storage account moves; its queues come back last.
/// So whoever was refused by the store and tries again commits, and can tell nobody.
/// </summary>
internal sealed class Outage(Scheduler scheduler)
{
    private DateTimeOffset storeBackAt;
    private DateTimeOffset queuesBackAt;

    public bool IsOfStore => scheduler.GetUtcNow() < storeBackAt;

    public bool IsOfQueues => scheduler.GetUtcNow() < queuesBackAt;

    public void Begin(TimeSpan length)
    {
        storeBackAt = scheduler.GetUtcNow() + length;
        queuesBackAt = storeBackAt + length;
    }
}
