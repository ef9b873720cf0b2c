using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>
/// Finds outbox rows whose pointer was lost and sends it again; gives up after many tries and says so.
/// </summary>
/// <remarks>
/// Every run handles all that is due by now, within a bound; two runs at once, or none for a while, do no harm.
/// </remarks>
public sealed partial class OutboxSweep(
    PartitionStore store, MessageQueues queues, DueHints hints, TimeProvider clock, ILogger<OutboxSweep> log)
{
    /// <summary>The kind of hint under which partitions with stuck rows are found.</summary>
    public const string StuckKind = "stuck";

    /// <summary>Pointers sent for one row before a person has to look at it.</summary>
    public const int AttemptsMax = 20;

    /// <summary>Hints that one run looks at in each shard.</summary>
    public const int HintsPerShardMax = 200;

    /// <summary>Rows of one partition that one visit handles; the rest is due again at once.</summary>
    public const int RowsPerVisitMax = 50;

    /// <summary>How long a row is left alone after its commit sent the first pointer.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Visits every partition that is due.</summary>
    /// <returns>Pointers sent.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var sent = 0;
        for (var shard = 0; shard < DueHints.Shards; shard++)
        {
            var partition = DueHints.PartitionOf(DueHints.Outbox, shard);
            var due = await store.Range(
                partition, DueHints.From, DueHints.Until(clock.GetUtcNow()), HintsPerShardMax, cancel);
            foreach (var row in due.Rows) sent += await Visit(partition, row, cancel);
        }

        return sent;
    }

    private async Task<int> Visit(string shard, Row hintRow, CancellationToken cancel)
    {
        var subject = Stored.Read<Hint>(hintRow.Data).Subject;
        var (from, until) = Keys.Under(OutboxRow.Waiting);
        var page = await store.Range(subject, from, until, RowsPerVisitMax, cancel);
        var sent = 0;
        DateTimeOffset? nextAt = page.Next is null ? null : clock.GetUtcNow();
        foreach (var row in page.Rows)
        {
            var outboxRow = Stored.Read<OutboxRow>(row.Data);
            if (outboxRow.DueAt <= clock.GetUtcNow())
            {
                var later = Postponed(outboxRow);
                if (outboxRow.Attempts >= AttemptsMax) await GiveUp(subject, row, outboxRow, cancel);
                else if (await SendAgain(subject, row, later, cancel)) sent++;
                outboxRow = later;
            }

            nextAt = nextAt < outboxRow.DueAt ? nextAt : outboxRow.DueAt;
        }

        await MoveHint(shard, hintRow, subject, nextAt, cancel);
        return sent;
    }

    private OutboxRow Postponed(OutboxRow row)
    {
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(row.Attempts, 10), LongestPause.Ticks));
        return row with { Attempts = row.Attempts + 1, DueAt = clock.GetUtcNow() + pause };
    }

    private async Task<bool> SendAgain(string partition, Row row, OutboxRow later, CancellationToken cancel)
    {
        var outcome = await store.Commit(
            partition, [new Write.Replace(row.Key, Stored.Write(later), row.ETag)], cancel);
        if (outcome is CommitOutcome.Conflict) return false; // its effect is done, or another sweep has it
        await queues.Send(later.Queue, new OutboxPointer(partition, later.Id).ToString(), TimeSpan.Zero, cancel);
        return true;
    }

    private async Task GiveUp(string partition, Row row, OutboxRow stuck, CancellationToken cancel)
    {
        await hints.Leave(StuckKind, partition, cancel);
        var outcome = await store.Commit(
            partition,
            [new Write.Delete(row.Key, row.ETag), new Write.Insert($"{OutboxRow.Stuck}:{stuck.Id}", row.Data)],
            cancel);
        if (outcome is CommitOutcome.Committed) IsStuck(stuck.Id, stuck.Queue, partition, stuck.Attempts);
    }

    private async Task MoveHint(string shard, Row row, string subject, DateTimeOffset? nextAt, CancellationToken cancel)
    {
        var delete = new Write.Delete(row.Key, row.ETag);
        var key = nextAt is { } at ? DueHints.RowOf(at, subject) : row.Key;
        if (key == row.Key && nextAt is not null) return;

        Write[] writes = nextAt is null ? [delete] : [delete, new Write.Insert(key, row.Data)];
        var outcome = await store.Commit(shard, writes, cancel);
        if (outcome is CommitOutcome.Conflict && nextAt is not null)
            await store.Commit(shard, [delete], cancel); // the later hint was there already
    }

    [LoggerMessage(LogLevel.Error, "The outbox row {Id} for {Queue} in {Partition} is stuck after {Attempts} tries")]
    private partial void IsStuck(string id, string queue, string partition, int attempts);
}
