using Pond.Platform.Queues;

namespace Pond.Tests.Queues;

/// <summary>Queues in memory, in the order of visibility: the same calls give the same answers.</summary>
public sealed class MemoryQueues(TimeProvider clock) : MessageQueues
{
    private readonly Lock gate = new();
    private readonly List<MemoryMessage> entries = []; // in the order of their ids
    private long lastId;

    protected override Task SendCore(string queue, string body, TimeSpan delay, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        lock (gate) entries.Add(new MemoryMessage(queue, ++lastId, body, now) { VisibleAt = now + delay });
        return Task.CompletedTask;
    }

    protected override Task<IReadOnlyList<QueueMessage>> ReceiveCore(
        string queue, int max, TimeSpan visibility, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        lock (gate)
        {
            var visible = Visible(queue, now).Take(max).ToList();
            return Task.FromResult<IReadOnlyList<QueueMessage>>([.. visible.Select(entry => Take(entry))]);
        }

        QueueMessage Take(MemoryMessage entry)
        {
            entry.VisibleAt = now + visibility;
            return entry.Take();
        }
    }

    protected override Task<bool> DeleteCore(QueueMessage message, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(Held(message) is { } entry && entries.Remove(entry));
    }

    protected override Task<QueueMessage?> HideCore(
        QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (Held(message) is not { } entry) return Task.FromResult<QueueMessage?>(null);
            entry.VisibleAt = clock.GetUtcNow() + visibility;
            return Task.FromResult<QueueMessage?>(entry.Renew(message));
        }
    }

    protected override Task<IReadOnlyList<WaitingMessage>> PeekCore(string queue, int max, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<WaitingMessage>>(
            [
                .. Visible(queue, now).Take(max).Select(entry => entry.Look()),
            ]);
        }
    }

    protected override Task<long> CountCore(string queue, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(entries.LongCount(entry => entry.Queue == queue));
    }

    private IEnumerable<MemoryMessage> Visible(string queue, DateTimeOffset now) => entries
        .Where(entry => entry.Queue == queue && entry.VisibleAt <= now)
        .OrderBy(entry => entry.VisibleAt);

    private MemoryMessage? Held(QueueMessage message) => entries.Find(entry => entry.IsHeldBy(message));
}
