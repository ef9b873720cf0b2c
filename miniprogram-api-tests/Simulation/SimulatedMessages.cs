using System.Globalization;
using Pond.Platform.Queues;

namespace Pond.Tests.Simulation;

/// <summary>The messages of all queues, which every machine shares.</summary>
/// <param name="offer">Called with a queue's name when one of its messages can be received.</param>
internal sealed class SimulatedMessages(World world, Action<string, string> offer)
{
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AgainMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<string, List<Entry>> queues = new(StringComparer.Ordinal);
    private long lastId;

    /// <summary>Those that some function is still to have. What became poison is for people: its row is what counts.</summary>
    public int Waiting => queues.Where(queue => !IsPoison(queue.Key)).Sum(queue => queue.Value.Count);

    public void Add(string queue, string body, TimeSpan delay)
    {
        if (world.Strikes(FaultKind.MessageGone)) return;
        if (world.Strikes(FaultKind.MessageLate)) delay += world.Chance.Between(TimeSpan.Zero, LateMax);
        var copies = world.Strikes(FaultKind.MessageDoubled) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var entry = new Entry(queue, Text(++lastId), body, Now);
            Of(queue).Add(entry);
            ShowAt(entry, delay);
        }
    }

    public IReadOnlyList<QueueMessage> Take(string queue, int max, TimeSpan visibility)
    {
        Entry[] visible = [.. Visible(queue).Take(max)];
        return [.. visible.Select(entry => Take(entry, visibility))];
    }

    public bool Delete(QueueMessage message) => Held(message) is { } entry && Of(message.Queue).Remove(entry);

    public QueueMessage? Hide(QueueMessage message, TimeSpan visibility)
    {
        if (Held(message) is not { } entry) return null;
        entry.Receipt++;
        ShowAt(entry, visibility);
        return message with { Receipt = Text(entry.Receipt) };
    }

    public IReadOnlyList<WaitingMessage> Peek(string queue, int max) =>
        [.. Visible(queue).Take(max).Select(one => new WaitingMessage(one.Id, one.Body, one.Dequeues, one.InsertedAt))];

    public long Count(string queue) => queues.TryGetValue(queue, out var entries) ? entries.Count : 0;

    /// <summary>All messages are gone.</summary>
    public void Purge()
    {
        foreach (var entries in queues.Values) entries.Clear();
    }

    private DateTimeOffset Now => world.Scheduler.GetUtcNow();

    private QueueMessage Take(Entry entry, TimeSpan visibility)
    {
        entry.Dequeues++;
        entry.Receipt++;
        ShowAt(entry, world.Strikes(FaultKind.LeaseLost) ? world.Chance.Between(TimeSpan.Zero, AgainMax) : visibility);
        return new QueueMessage(
            entry.Queue, entry.Id, Text(entry.Receipt), entry.Body, entry.Dequeues, entry.InsertedAt);
    }

    private void ShowAt(Entry entry, TimeSpan delay)
    {
        entry.VisibleAt = Now + delay;
        if (!IsPoison(entry.Queue)) OfferIn(delay + world.Chance.Between(TimeSpan.Zero, PollMax), entry, entry.Receipt, times: 0);
    }

    // Again and again, as a host polls, until somebody has taken it: who was offered it may have died.
    private void OfferIn(TimeSpan delay, Entry entry, long receipt, int times) => world.Scheduler.In(delay, () =>
    {
        if (entry.Receipt != receipt || !Of(entry.Queue).Contains(entry)) return;
        offer(entry.Queue, $"{entry.Id} {entry.Body} {receipt} {times}");
        OfferIn(BetweenPolls, entry, receipt, times + 1);
    });

    private IEnumerable<Entry> Visible(string queue) =>
        queues.TryGetValue(queue, out var entries) ? entries.Where(entry => entry.VisibleAt <= Now) : [];

    private Entry? Held(QueueMessage message) => Of(message.Queue).Find(entry =>
        entry.Id == message.Id && Text(entry.Receipt) == message.Receipt);

    private List<Entry> Of(string queue)
    {
        if (!queues.TryGetValue(queue, out var entries)) queues.Add(queue, entries = []);
        return entries;
    }

    private static bool IsPoison(string queue) => queue.EndsWith(MessageQueues.PoisonSuffix, StringComparison.Ordinal);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Entry(string queue, string id, string body, DateTimeOffset insertedAt)
    {
        public string Queue => queue;
        public string Id => id;
        public string Body => body;
        public DateTimeOffset InsertedAt => insertedAt;
        public DateTimeOffset VisibleAt { get; set; }
        public long Dequeues { get; set; }
        public long Receipt { get; set; }
    }
}
