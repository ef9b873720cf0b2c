using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>Finds outbox rows whose pointer was lost and sends it again, for as long as they are there.</summary>
/// <remarks>Every run handles what is due by now, within its time; two runs at once, or none for a while, do no harm.</remarks>
public sealed partial class OutboxSweep(
    PartitionStore store, MessageQueues queues, Dice dice, TimeProvider clock, ILogger<OutboxSweep> log)
{
    /// <summary>Pointers sent for one row before each further one is an alarm: a person has to look at it.</summary>
    public const int AttemptsBeforeAlarm = 20;

    /// <summary>Rows of one page.</summary>
    public const int RowsPerPage = 100;

    /// <summary>How long a row is left alone after its commit sent the first pointer; it doubles with each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a row is left alone.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>How long a run goes on; what it does not reach, the next one does.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>Visits every partition that is due.</summary>
    /// <returns>Pointers sent.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var endsAt = clock.GetUtcNow() + TimeLimit;
        var (sent, first) = (0, dice.Roll(DueHints.Shards)); // not always the same first, should the time never suffice
        for (var step = 0; step < DueHints.Shards; step++)
            sent += await SweepShard(DueHints.PartitionOf(DueHints.Outbox, (first + step) % DueHints.Shards), endsAt, cancel);
        return sent;
    }

    private async Task<int> SweepShard(string shard, DateTimeOffset endsAt, CancellationToken cancel)
    {
        var sent = 0;
        var until = DueHints.Until(clock.GetUtcNow());
        for (string? next = DueHints.From; next is not null && clock.GetUtcNow() < endsAt;)
        {
            var due = await store.Range(shard, next, until, RowsPerPage, cancel);
            foreach (var hint in due.Rows) sent += await Visit(shard, hint, cancel);
            next = due.Next;
        }

        return sent;
    }

    // One bad partition must not keep the others waiting: it is put off, and the log says so.
    private async Task<int> Visit(string shard, Row hintRow, CancellationToken cancel)
    {
        try
        {
            var hint = Stored.Read<Hint>(hintRow.Data);
            var (sent, nextAt) = await SendDue(hint.Subject, cancel);
            await MoveHint(shard, hintRow, hint, nextAt, cancel);
            return sent;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            PutOff(failure, hintRow.Key);
            var later = DueHints.RowOf(clock.GetUtcNow() + PauseAfterFailure, hintRow.Key[(hintRow.Key.IndexOf(':') + 1)..]);
            await Move(shard, hintRow, later, hintRow.Data, cancel);
            return 0;
        }
    }

    private async Task<(int Sent, DateTimeOffset? NextAt)> SendDue(string partition, CancellationToken cancel)
    {
        var (sent, nextAt) = (0, (DateTimeOffset?)null);
        var (from, until) = Keys.Under(OutboxRow.Waiting);
        for (string? next = from; next is not null;)
        {
            var page = await store.Range(partition, next, until, RowsPerPage, cancel);
            foreach (var row in page.Rows)
            {
                var waiting = Stored.Read<OutboxRow>(row.Data);
                var isDue = waiting.DueAt <= clock.GetUtcNow();
                if (isDue && await SendAgain(partition, row, waiting = Postponed(waiting), cancel)) sent++;
                nextAt = nextAt < waiting.DueAt ? nextAt : waiting.DueAt;
            }

            next = page.Next;
        }

        return (sent, nextAt);
    }

    private OutboxRow Postponed(OutboxRow row)
    {
        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(row.Attempts, 10), LongestPause.Ticks));
        return row with { Attempts = row.Attempts + 1, DueAt = clock.GetUtcNow() + pause };
    }

    private async Task<bool> SendAgain(string partition, Row row, OutboxRow later, CancellationToken cancel)
    {
        var outcome = await store.Commit(partition, [new Write.Replace(row.Key, Stored.Write(later), row.ETag)], cancel);
        if (outcome is CommitOutcome.Conflict) return false; // its effect is done, or another sweep has it

        if (later.Attempts > AttemptsBeforeAlarm) IsStuck(later.Id, later.Queue, partition, later.Attempts);
        await queues.Send(later.Queue, new OutboxPointer(partition, later.Id).ToString(), TimeSpan.Zero, cancel);
        return true;
    }

    private async Task MoveHint(string shard, Row row, Hint hint, DateTimeOffset? nextAt, CancellationToken cancel)
    {
        if (nextAt is null && hint.IsLastLook)
        {
            await store.Commit(shard, [new Write.Delete(row.Key, row.ETag)], cancel);
            return;
        }

        var later = DueHints.RowOf(nextAt ?? clock.GetUtcNow() + DueHints.SecondLook, hint.Subject);
        await Move(shard, row, later, Stored.Write(hint with { IsLastLook = nextAt is null }), cancel);
    }

    private async Task Move(string shard, Row row, string key, string data, CancellationToken cancel)
    {
        if (key == row.Key) return;

        var delete = new Write.Delete(row.Key, row.ETag);
        var outcome = await store.Commit(shard, [delete, new Write.Insert(key, data)], cancel);
        if (outcome is CommitOutcome.Conflict { Index: 1 })
            await store.Commit(shard, [delete], cancel); // the later hint was there already
    }

    [LoggerMessage(LogLevel.Error, "The outbox row {Id} for {Queue} in {Partition} has been sent {Attempts} times in vain")]
    private partial void IsStuck(string id, string queue, string partition, int attempts);

    [LoggerMessage(LogLevel.Error, "The hint {Hint} was put off")]
    private partial void PutOff(Exception failure, string hint);
}
