using Pond.Platform.Queues;
using Pond.Tests.Queues;

namespace Pond.Tests.Simulation;

/// <summary>The messages of all queues, which every machine shares.</summary>
/// <param name="offer">Called with a queue's name when one of its messages can be received.</param>
internal sealed class SimulatedMessages(World world, Action<string, string> offer)
{
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AgainMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(10);

    /// <summary>Not by their ids: those count what all have sent, and who leaves out one would rename the rest.</summary>
    private readonly Dictionary<MemoryMessage, string> names = [];

    private readonly SortedDictionary<string, List<MemoryMessage>> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Queue, string Body), int> sendings = [];
    private long lastId;

    /// <summary>Those that some function is still to have. What became poison is for people: its row is what counts.</summary>
    public int Waiting => queues.Where(queue => !IsPoison(queue.Key)).Sum(queue => queue.Value.Count);

    public void Add(string queue, string body, TimeSpan delay)
    {
        if (world.Strikes(FaultKind.MessageGone)) return;
        if (world.Strikes(FaultKind.MessageLate)) delay += world.Noise.Between(TimeSpan.Zero, LateMax);
        var copies = world.Strikes(FaultKind.MessageDoubled) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var entry = new MemoryMessage(queue, ++lastId, body, Now);
            Of(queue).Add(entry);
            names[entry] = $"{queue} {body} {sendings[(queue, body)] = sendings.GetValueOrDefault((queue, body)) + 1}";
            ShowAt(entry, delay);
        }
    }

    public IReadOnlyList<QueueMessage> Take(string queue, int max, TimeSpan visibility)
    {
        MemoryMessage[] visible = [.. Visible(queue).Take(max)];
        return [.. visible.Select(entry => Take(entry, visibility))];
    }

    public bool Delete(QueueMessage message) => Held(message) is { } entry && Of(message.Queue).Remove(entry);

    public QueueMessage? Hide(QueueMessage message, TimeSpan visibility)
    {
        if (Held(message) is not { } entry) return null;
        var renewed = entry.Renew(message);
        ShowAt(entry, visibility);
        return renewed;
    }

    public IReadOnlyList<WaitingMessage> Peek(string queue, int max) =>
        [.. Visible(queue).Take(max).Select(entry => entry.Look())];

    public long Count(string queue) => queues.TryGetValue(queue, out var entries) ? entries.Count : 0;

    /// <summary>All messages are gone.</summary>
    public void Purge()
    {
        foreach (var entries in queues.Values) entries.Clear();
    }

    private DateTimeOffset Now => world.Scheduler.GetUtcNow();

    private QueueMessage Take(MemoryMessage entry, TimeSpan visibility)
    {
        var taken = entry.Take();
        ShowAt(entry, world.Strikes(FaultKind.LeaseLost) ? world.Noise.Between(TimeSpan.Zero, AgainMax) : visibility);
        return taken;
    }

    private void ShowAt(MemoryMessage entry, TimeSpan delay)
    {
        entry.VisibleAt = Now + delay;
        if (!IsPoison(entry.Queue)) OfferIn(delay + world.Noise.Between(TimeSpan.Zero, PollMax), entry, entry.Receipt, times: 0);
    }

    // Again and again, as a host polls, until somebody has taken it: who was offered it may have died.
    private void OfferIn(TimeSpan delay, MemoryMessage entry, long receipt, int times) => world.Scheduler.In(delay, () =>
    {
        if (entry.Receipt != receipt || !Of(entry.Queue).Contains(entry)) return;
        offer(entry.Queue, $"{names[entry]} {receipt} {times}");
        OfferIn(BetweenPolls, entry, receipt, times + 1);
    });

    private IEnumerable<MemoryMessage> Visible(string queue) =>
        queues.TryGetValue(queue, out var entries) ? entries.Where(entry => entry.VisibleAt <= Now) : [];

    private MemoryMessage? Held(QueueMessage message) => Of(message.Queue).Find(entry => entry.IsHeldBy(message));

    private List<MemoryMessage> Of(string queue)
    {
        if (!queues.TryGetValue(queue, out var entries)) queues.Add(queue, entries = []);
        return entries;
    }

    private static bool IsPoison(string queue) => queue.EndsWith(MessageQueues.PoisonSuffix, StringComparison.Ordinal);
}
