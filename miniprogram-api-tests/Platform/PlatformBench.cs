using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Queues;

namespace Pond.Tests.PlatformSpecs;

/// <summary>The platform without an app, over a store that goes wrong as told.</summary>
internal sealed class PlatformBench
{
    /// <summary>A partition with a head and nothing else.</summary>
    public const string Partition = "t:1";

    private PlatformBench(PartitionStore inner)
    {
        Inner = inner;
        Store = new FaultyStore(inner, Faults);
        Queues = new FaultyQueues(new MemoryQueues(Clock), Faults);
        Hints = new DueHints(Store, new LowDice(), Clock);
        Sender = new OutboxSender(Queues, Clock, NullLogger<OutboxSender>.Instance);
        Inbox = new Inbox(Store, NullLogger<Inbox>.Instance);
        Sweep = SweepOver(Store, NullLoggerFactory.Instance);
        Transactor = new Transactor(Store, Sender, Hints, Turns, new LowDice(), Clock);
        Neighbour = new Transactor(
            inner, Sender, new DueHints(inner, new LowDice(), Clock), new Turns(), new LowDice(), Clock);
    }

    public HandClock Clock { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>The store below the one that goes wrong.</summary>
    public PartitionStore Inner { get; }

    public FaultyStore Store { get; }

    public FaultyQueues Queues { get; }

    public DueHints Hints { get; }

    public OutboxSender Sender { get; }

    public Inbox Inbox { get; }

    public OutboxSweep Sweep { get; }

    public Turns Turns { get; } = new();

    public Transactor Transactor { get; }

    /// <summary>Another process on the same store, where nothing goes wrong.</summary>
    public Transactor Neighbour { get; }

    public static async Task<PlatformBench> On(PartitionStore inner)
    {
        var bench = new PlatformBench(inner);
        await bench.MakeHead(Partition);
        return bench;
    }

    /// <summary>A sweep over another view of the same store.</summary>
    public OutboxSweep SweepOver(PartitionStore store, ILoggerFactory logs) => new(
        new DueSweep(store, new LowDice(), Clock, logs.CreateLogger<DueSweep>()),
        store,
        Queues,
        new StuckRows(store, Clock),
        Clock,
        logs.CreateLogger<OutboxSweep>());

    /// <summary>An operation that asks with this key.</summary>
    public static Operation Operation(string key, string? fingerprint = null) => new("Test", key, fingerprint);

    public Task MakeHead(string partition) => Insert(partition, Tallies.Head, new Tallies.Owner("nobody"));

    public async Task Insert(string partition, string row, object value) =>
        Assert.IsType<CommitOutcome.Committed>(await Inner.Commit(
            partition, [new Write.Insert(row, Stored.Write(value))], CancellationToken.None));

    public async Task<Row?> Find(string row, string partition = Partition) =>
        await Inner.Find(partition, row, CancellationToken.None);

    /// <summary>All rows under a prefix.</summary>
    public async Task<IReadOnlyList<Row>> Under(string prefix, string partition = Partition)
    {
        var (from, until) = Keys.Under(prefix);
        return (await Inner.Range(partition, from, until, StoreLimits.RowsPerPageMax, CancellationToken.None)).Rows;
    }

    /// <summary>Names of the marks that are stored.</summary>
    public async Task<string[]> Marks(string partition = Partition) =>
        [.. (await Under(Tallies.MarkPrefix, partition)).Select(row => Stored.Read<Mark>(row.Data).Name)];

    /// <summary>Hints of outbox rows, in all their partitions.</summary>
    public async Task<List<Row>> HintRows() => [.. (await HintPlaces()).Select(place => place.Row)];

    /// <summary>The same, with where they are.</summary>
    public async Task<List<(string Shard, Row Row)>> HintPlaces()
    {
        var places = new List<(string, Row)>();
        for (var number = 0; number < DueHints.Shards; number++)
        {
            var shard = DueHints.PartitionOf(DueHints.Outbox, number);
            var page = await Inner.Range(shard, "!", "~", StoreLimits.RowsPerPageMax, CancellationToken.None);
            places.AddRange(page.Rows.Select(row => (shard, row)));
        }

        return places;
    }
}
