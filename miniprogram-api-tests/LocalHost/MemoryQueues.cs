using Pond.LocalHost;

namespace Pond.Tests.LocalHost;

/// <summary>Queues in memory, with visibility, that keep an account of what was done to each message.</summary>
internal sealed class MemoryQueues(TimeProvider clock) : ITriggerQueues
{
    private readonly Lock sync = new();
    private readonly List<Entry> entries = [];
    private readonly List<string> account = [];
    private readonly TaskCompletionSource unheard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<string>? sent;

    public event Action<string>? Sent
    {
        add => sent += value;
        remove
        {
            lock (sync)
            {
                sent -= value;
                if (sent is null) unheard.TrySetResult();
            }
        }
    }

    /// <summary>Done when the last pump has stopped listening.</summary>
    public Task Unheard => unheard.Task;

    /// <summary>Settlements in their order, such as <c>complete hello</c>.</summary>
    public IReadOnlyList<string> Account
    {
        get
        {
            lock (sync) return [.. account];
        }
    }

    /// <summary>Done when the first message was settled.</summary>
    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes every receive fail until it is null again.</summary>
    public Exception? Broken { get; set; }

    /// <param name="dequeueCount">How often it was taken already.</param>
    public void Send(string queue, string body, long dequeueCount = 0)
    {
        lock (sync) entries.Add(new Entry(queue, body, dequeueCount, clock.GetUtcNow()));
        sent?.Invoke(queue);
    }

    public Task<IReadOnlyList<TriggerMessage>> Receive(
        string queue, int max, TimeSpan visibility, CancellationToken cancel)
    {
        if (Broken is not null) throw Broken;
        lock (sync)
        {
            var now = clock.GetUtcNow();
            var taken = entries.Where(entry => entry.Queue == queue && entry.VisibleAt <= now).Take(max).ToList();
            foreach (var entry in taken) entry.Take(now + visibility);
            return Task.FromResult<IReadOnlyList<TriggerMessage>>([.. taken.Select(entry => entry.Message(now))]);
        }
    }

    public Task Complete(TriggerMessage message, CancellationToken cancel) => Settle("complete", message, Remove);

    public Task Retry(TriggerMessage message, TimeSpan delay, CancellationToken cancel) =>
        Settle($"retry in {delay.TotalSeconds}s", message, entry => entry.VisibleAt = clock.GetUtcNow() + delay);

    public Task Poison(TriggerMessage message, CancellationToken cancel) => Settle("poison", message, Remove);

    private void Remove(Entry entry) => entries.Remove(entry);

    private Task Settle(string how, TriggerMessage message, Action<Entry> change)
    {
        lock (sync)
        {
            change((Entry)message.Handle);
            account.Add($"{how} {message.Body}");
            Settled.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private sealed class Entry(string queue, string body, long dequeueCount, DateTimeOffset visibleAt)
    {
        public string Queue => queue;

        public DateTimeOffset VisibleAt { get; set; } = visibleAt;

        public void Take(DateTimeOffset until)
        {
            dequeueCount++;
            VisibleAt = until;
        }

        public TriggerMessage Message(DateTimeOffset now) => new(queue, "id of " + body, body, dequeueCount, now, this);
    }
}
