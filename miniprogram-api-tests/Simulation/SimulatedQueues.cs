using Pond.Platform.Queues;

namespace Pond.Tests.Simulation;

/// <summary>The queues as one machine reaches them: over a wire that takes time and goes wrong.</summary>
internal sealed class SimulatedQueues(World world, Machine machine) : MessageQueues
{
    private static readonly TimeSpan QuickMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan QuickMax = TimeSpan.FromMilliseconds(30);

    protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel) => Over(
        $"send {queue}",
        FaultKind.SendLost,
        FaultKind.SendUnanswered,
        () =>
        {
            world.Messages.Add(queue, body, delay);
            return true;
        },
        cancel);

    protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
        string queue, int max, TimeSpan visibility, CancellationToken cancel) =>
        Over($"receive {queue}", null, null, () => world.Messages.Take(queue, max, visibility), cancel);

    protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel) =>
        Over($"delete {message.Queue}", FaultKind.DeleteLost, null, () => world.Messages.Delete(message), cancel);

    protected override Task<QueueMessage?> HideCore(
        QueueMessage message, TimeSpan visibility, CancellationToken cancel) =>
        Over($"hide {message.Queue}", null, null, () => world.Messages.Hide(message, visibility), cancel);

    protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(
        string queue, int max, CancellationToken cancel) => Over($"peek {queue}", null, null, () => world.Messages.Peek(queue, max), cancel);

    protected override Task<long> CountCore(string queue, CancellationToken cancel) =>
        Over($"count {queue}", null, null, () => world.Messages.Count(queue), cancel);

    /// <param name="lost">The fault by which it does not happen and nobody knows that.</param>
    /// <param name="unanswered">The fault by which it happens and nobody knows that.</param>
    private Task<T> Over<T>(
        string name, FaultKind? lost, FaultKind? unanswered, Func<T> happen, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (world.Injection.Meet(machine, PortCallKind.Queue, name) is { } way)
            return world.Injection.Queue(machine, way, happen);
        var answer = new TaskCompletionSource<T>();
        var isLost = lost is { } one && (world.Outage.IsOfQueues || world.Strikes(one));
        var isUnanswered = !isLost && unanswered is { } other && world.Strikes(other);
        world.Scheduler.In(world.Noise.Between(QuickMin, QuickMax), () =>
        {
            var outcome = isLost ? default! : happen();
            machine.In(TimeSpan.Zero, _ =>
            {
                if (isLost || isUnanswered)
                    answer.TrySetException(new QueueUnavailableException("The answer of the queue was lost."));
                else answer.TrySetResult(outcome);
            });
        });
        return answer.Task;
    }
}
