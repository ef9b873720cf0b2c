using Pond.Platform.Storage;

namespace Pond.Platform.Outbox;

/// <summary>Visits every subject that is due for one kind of work.</summary>
/// <remarks>
/// Every run handles what is due by now, within its time; two runs at once, or none for a while, do no harm. So a visit
/// must be safe to repeat, and to find nothing to do.
/// </remarks>
public sealed partial class DueSweep(PartitionStore store, Dice dice, TimeProvider clock, ILogger<DueSweep> log)
{
    /// <summary>Rows of one page.</summary>
    public const int RowsPerPage = 100;

    /// <summary>Subjects that are visited at the same time: a visit is waiting for storage, most of it.</summary>
    public const int VisitsAtOnce = 8;

    /// <summary>How long a run goes on; what it does not reach, the next one does.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>Visits every subject of a kind that is due.</summary>
    /// <param name="visit">Does the work of one subject, and says when to look at it again.</param>
    /// <returns>What the visits did, in all.</returns>
    public async Task<int> Run(
        string kind, Func<string, CancellationToken, Task<DueVisit>> visit, CancellationToken cancel)
    {
        var endsAt = clock.GetUtcNow() + TimeLimit;
        var (done, first) = (0, dice.Roll(DueHints.Shards)); // not always the same first, should the time never suffice
        for (var step = 0; step < DueHints.Shards; step++)
        {
            var shard = DueHints.PartitionOf(kind, (first + step) % DueHints.Shards);
            done += await SweepShard(shard, visit, endsAt, cancel);
        }
        return done;
    }

    private async Task<int> SweepShard(
        string shard,
        Func<string, CancellationToken, Task<DueVisit>> visit,
        DateTimeOffset endsAt,
        CancellationToken cancel)
    {
        var done = 0;
        var until = DueHints.Until(clock.GetUtcNow());
        for (string? next = DueHints.From; next is not null && clock.GetUtcNow() < endsAt;)
        {
            var due = await store.Range(shard, next, until, RowsPerPage, cancel);
            await AFewAtATime.Each(
                due.Rows,
                VisitsAtOnce,
                async (hint, stop) =>
                {
                    if (clock.GetUtcNow() >= endsAt) return;
                    Interlocked.Add(ref done, await Visit(shard, hint, visit, stop));
                },
                cancel);
            next = due.Next;
        }

        return done;
    }

    // One bad subject must not keep the others waiting: it is put off, and the log says so.
    private async Task<int> Visit(
        string shard, Row hintRow, Func<string, CancellationToken, Task<DueVisit>> visit, CancellationToken cancel)
    {
        try
        {
            var hint = Stored.Read<Hint>(hintRow.Data);
            var (done, nextAt) = await visit(hint.Subject, cancel);
            await MoveHint(shard, hintRow, hint, nextAt, cancel);
            return done;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            PutOff(failure, hintRow.Key);
            var subject = hintRow.Key[(hintRow.Key.IndexOf(':') + 1)..];
            var later = DueHints.RowOf(clock.GetUtcNow() + PauseAfterFailure, subject);
            Write[] move = [new Write.Delete(hintRow.Key, hintRow.ETag), new Write.Insert(later, hintRow.Data)];
            await store.Commit(shard, move, cancel); // should it fail, the hint stays, and is due at once
            return 0;
        }
    }

    private async Task MoveHint(string shard, Row row, Hint hint, DateTimeOffset? nextAt, CancellationToken cancel)
    {
        if (nextAt is null && hint.IsLastLook)
        {
            await store.Commit(shard, [new Write.Delete(row.Key, row.ETag)], cancel);
            return;
        }

        var later = DueHints.RowOf(nextAt ?? clock.GetUtcNow() + DueHints.SecondLook, hint.Subject);
        await Move(shard, row, later, hint with { IsLastLook = nextAt is null }, cancel);
    }

    private async Task Move(string shard, Row row, string key, Hint hint, CancellationToken cancel)
    {
        if (key == row.Key) return;

        var delete = new Write.Delete(row.Key, row.ETag);
        var outcome = await store.Commit(shard, [delete, new Write.Insert(key, Stored.Write(hint))], cancel);
        if (outcome is CommitOutcome.Conflict { Index: 1 }) await Join(shard, delete, key, hint, cancel);
    }

    // The later hint was there already. The two become one, a last look only if both are. Should this fail, both
    // stay, and the next run comes here again.
    private async Task Join(string shard, Write.Delete delete, string key, Hint hint, CancellationToken cancel)
    {
        if (await store.Find(shard, key, cancel) is not { } there) return;
        var isWeaker = Stored.Read<Hint>(there.Data).IsLastLook && !hint.IsLastLook;
        await store.Commit(
            shard,
            isWeaker ? [delete, new Write.Replace(key, Stored.Write(hint), there.ETag)] : [delete],
            cancel);
    }

    [LoggerMessage(LogLevel.Error, "The hint {Hint} was put off")]
    private partial void PutOff(Exception failure, string hint);
}

/// <summary>What a visit did.</summary>
/// <param name="Done">How much, as the sweep counts it.</param>
/// <param name="NextAt">When to look again; null when there was nothing left to do.</param>
public readonly record struct DueVisit(int Done, DateTimeOffset? NextAt);
