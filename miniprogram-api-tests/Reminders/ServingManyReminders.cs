using Microsoft.Extensions.Logging.Abstractions;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Reminders;

/// <summary>
/// Reminders of a hundred thousand members: a sweep reads what is due and nothing else, whoever else waits.
/// </summary>
/// <remarks>Any sweep can be measured like this, as all of them are a kind of hint and a visit.</remarks>
public sealed class ServingManyReminders
{
    private const int Members = 100_000;
    private const int Due = 1_000;

    [Fact, Rule("TCH-06")]
    public async Task A_thousand_that_are_due_cost_the_same_alone_and_among_a_hundred_thousand()
    {
        var (alone, among) = (await CostOf(others: 0), await CostOf(others: Members - Due));

        Assert.Equal(alone, among);
        // Of the sixteen shards, a page at a time; and each visit but the last look of a hint is the visit's own.
        Assert.InRange(among.Reads, DueHints.Shards, DueHints.Shards + (Due / DueSweep.RowsPerPage) + DueHints.Shards);
        Assert.Equal(Due, among.Visits);
    }

    [Fact, Rule("TCH-06")]
    public async Task A_hundred_thousand_over_a_thousand_minutes_are_each_served_in_their_minute_and_read_once()
    {
        var (bench, minutes) = (new Bench(), 1_000);
        for (var member = 0; member < Members; member++)
            await bench.Plan(member, HandClock.Start.AddMinutes(10 + (member % minutes)));

        bench.Store.Reset();
        for (var minute = 0; minute <= minutes + 12; minute++)
        {
            bench.Clock.MoveTo(HandClock.Start.AddMinutes(10 + minute));
            await bench.Sweep();
        }

        Assert.Equal(Members, bench.Served.Count);
        Assert.All(bench.Served.Values, late => Assert.Equal(0, late));
        Assert.InRange(bench.Store.RowsRead, Members, Members * 2); // each once more, as no commit may be missed
        Assert.InRange(bench.Store.Ranges, minutes * DueHints.Shards, (minutes + 13) * DueHints.Shards * 2);
    }

    private static async Task<(int Reads, int RowsRead, int Visits)> CostOf(int others)
    {
        var bench = new Bench();
        for (var member = 0; member < Due; member++) await bench.Plan(member, HandClock.Start.AddDays(1));
        for (var member = Due; member < Due + others; member++)
            await bench.Plan(member, HandClock.Start.AddDays(2 + (member % 365)));

        bench.Clock.MoveTo(HandClock.Start.AddDays(1));
        bench.Store.Reset();
        await bench.Sweep();
        return (bench.Store.Ranges + bench.Store.Finds, bench.Store.RowsRead, bench.Served.Count);
    }

    /// <summary>A sweep over a store in memory that counts, and visits that say how late they came.</summary>
    private sealed class Bench
    {
        private const string Kind = "reminders-of-a-test";

        private readonly Dictionary<string, DateTimeOffset> planned = new(StringComparer.Ordinal);
        private readonly DueHints hints;
        private readonly DueSweep sweep;

        public Bench()
        {
            hints = new DueHints(Store, new LowDice(), Clock);
            sweep = new DueSweep(Store, new LowDice(), Clock, NullLogger<DueSweep>.Instance);
        }

        public CountingStore Store { get; } = new(new MemoryPartitionStore());

        public HandClock Clock { get; } = new();

        /// <summary>Minutes that each was late.</summary>
        public Dictionary<string, double> Served { get; } = new(StringComparer.Ordinal);

        public Task Plan(int member, DateTimeOffset at)
        {
            planned[$"m:{member}"] = at;
            return hints.Leave(Kind, $"m:{member}", at, CancellationToken.None);
        }

        public Task<int> Sweep() => sweep.Run(Kind, Visit, CancellationToken.None);

        private Task<DueVisit> Visit(string partition, CancellationToken cancel)
        {
            lock (Served) // subjects are visited side by side
            {
                Served.TryAdd(partition, (Clock.GetUtcNow() - planned[partition]).TotalMinutes);
            }

            return Task.FromResult(new DueVisit(1, NextAt: null));
        }
    }

    /// <summary>Counts what is read.</summary>
    private sealed class CountingStore(PartitionStore inner) : PartitionStore
    {
        private int finds, ranges, rowsRead;

        public int Finds => finds;

        public int Ranges => ranges;

        public int RowsRead => rowsRead;

        public void Reset() => (finds, ranges, rowsRead) = (0, 0, 0);

        protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel)
        {
            Interlocked.Increment(ref finds);
            return inner.Find(partition, row, cancel);
        }

        protected override async Task<Page> RangeCore(
            string partition, string from, string until, int limit, CancellationToken cancel)
        {
            var page = await inner.Range(partition, from, until, limit, cancel);
            Interlocked.Increment(ref ranges);
            Interlocked.Add(ref rowsRead, page.Rows.Count);
            return page;
        }

        protected override Task<CommitOutcome> CommitCore(
            string partition, IReadOnlyList<Write> writes, CancellationToken cancel) =>
            inner.Commit(partition, writes, cancel);
    }
}
