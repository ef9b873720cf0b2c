using Pond.Kernel;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Platform;

/// <summary>Reads, decides, commits and tries again: the one way to change anything.</summary>
/// <remarks>
/// State, outbox rows and the operation's record go into one batch of one partition. Whoever inserts the
/// record has carried the operation out, and everybody else who asks gets its answer. So a lost answer needs
/// no guess: the next attempt finds the record, or takes its place.
/// </remarks>
public sealed class Transactor(
    PartitionStore store, OutboxSender outbox, DueHints hints, Turns turns, Dice dice, TimeProvider clock)
{
    /// <summary>Tries of one operation before the caller is told to come back.</summary>
    public const int AttemptsMax = 8;

    /// <summary>The longest pause before the second try; it doubles with each further one.</summary>
    public const int FirstPauseMsMax = 8;

    /// <summary>Runs one operation.</summary>
    /// <param name="decide">A pure rule: the state and the present time, to a decision.</param>
    /// <returns>The decision of this run or, when the operation had been carried out before, of that one.</returns>
    /// <exception cref="ContendedException">
    /// Every try lost a race or its answer; the same operation may be asked again.
    /// </exception>
    /// <exception cref="StoreUnavailableException">
    /// The store did not answer a read; nothing was changed by this try.
    /// </exception>
    public async Task<Decision<TEvent>> Run<TState, TEvent>(
        Layout<TState, TEvent> layout,
        Operation operation,
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        CancellationToken cancel)
    {
        using var turn = await turns.Take(layout.Partition, cancel);
        var fence = false;
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (attempt > 1) await Pause(attempt, cancel);

            var (record, rows) = await Load(layout, operation, cancel);
            if (record is not null) return record.Answer<TEvent>(operation);

            var now = clock.GetUtcNow();
            var decision = decide(layout.Read(new LoadedRows(rows)), now);
            var batch = Batch.Of(layout, operation, rows, decision, now, fence);
            if (batch.Writes.Count == 0) return decision;

            switch (await store.Commit(layout.Partition, batch.Writes, cancel))
            {
                case CommitOutcome.Committed:
                    await outbox.Send(layout.Partition, batch.Outbox, cancel);
                    return decision;
                case CommitOutcome.Unknown:
                    fence = true; // from now on even a "no" is committed, so that the lost write cannot land behind it
                    break;
                case CommitOutcome.Rejected rejected:
                    throw new InvalidOperationException(
                        $"{operation.Name} made a batch that no store takes: {rejected.Reason}");
            }
        }

        throw new ContendedException(operation.Name);
    }

    private async Task<(OperationRecord? Record, IReadOnlyDictionary<string, Row> Rows)> Load<TState, TEvent>(
        Layout<TState, TEvent> layout, Operation operation, CancellationToken cancel)
    {
        var hinting = layout.Announce is null
            ? Task.CompletedTask
            : hints.Leave(DueHints.Outbox, layout.Partition, cancel);
        var recording = store.Find(layout.Partition, operation.Row, cancel);
        var loading = layout.Loads.Append(new Load.One(layout.Head))
            .Select(load => LoadRows(layout.Partition, load, cancel))
            .ToArray();
        await Task.WhenAll([hinting, recording, .. loading]);

        var rows = loading.SelectMany(loaded => loaded.Result).ToDictionary(row => row.Key, StringComparer.Ordinal);
        return (recording.Result is { } row ? Stored.Read<OperationRecord>(row.Data) : null, rows);
    }

    private async Task<IReadOnlyList<Row>> LoadRows(string partition, Load load, CancellationToken cancel)
    {
        if (load is Load.One one) return await store.Find(partition, one.Key, cancel) is { } row ? [row] : [];

        var (from, until) = Keys.Under(((Load.Under)load).Prefix);
        var rows = new List<Row>();
        for (string? next = from; next is not null;)
        {
            var page = await store.Range(partition, next, until, Platform.Load.RowsMax + 1, cancel);
            rows.AddRange(page.Rows);
            if (rows.Count > Platform.Load.RowsMax)
                throw new InvalidOperationException(
                    $"More than {Platform.Load.RowsMax} rows under {from} of {partition}.");
            next = page.Next;
        }

        return rows;
    }

    private Task Pause(int attempt, CancellationToken cancel)
    {
        var longestMs = FirstPauseMsMax << (attempt - 2);
        return Task.Delay(TimeSpan.FromMilliseconds(1 + dice.Roll(longestMs)), clock, cancel);
    }
}

/// <summary>Every try lost a race or its answer. The caller may ask again with the same key.</summary>
public sealed class ContendedException(string operation)
    : Exception($"{operation} found no quiet moment in {Transactor.AttemptsMax} tries.");
