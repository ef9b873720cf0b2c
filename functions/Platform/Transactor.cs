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

    /// <summary>The same once an answer was lost: the store may be overloaded, and haste would make it worse.</summary>
    public const int FirstPauseAfterUnknownMsMax = 32;

    /// <summary>
    /// How long one operation may take, waiting for its turn included: far less than a hint takes to ripen.
    /// </summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

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
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var (decision, left) = await Carry(layout, operation, decide, either.Token);

            // Outside the turn, so that the next in line need not wait; and not cancelled by a phone that hung up.
            await outbox.Send(layout.Partition, left);
            return decision;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ContendedException(operation.Name);
        }
    }

    private async Task<(Decision<TEvent> Decision, IReadOnlyList<OutboxRow> Left)> Carry<TState, TEvent>(
        Layout<TState, TEvent> layout,
        Operation operation,
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        CancellationToken cancel)
    {
        using var turn = await turns.Take(layout.Partition, cancel);
        Batch? unknown = null;
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (attempt > 1) await Pause(attempt, isAnswerLost: unknown is not null, cancel);

            var (record, rows, seen) = await Load(layout, operation, cancel);
            if (record?.Answer<TEvent>(operation) is { } known) return (known, unknown?.Outbox ?? []);

            var now = clock.GetUtcNow();
            var state = layout.Read(new LoadedRows(seen));
            var decision = decide(state, now);
            var batch = Batch.Of(layout, operation, rows, state, decision, record, now, fence: unknown is not null);
            if (batch.Writes.Count == 0) return (await Settled(layout, operation, decision, cancel), []);
            if (batch.Outbox.Count > 0) await hints.Leave(DueHints.Outbox, layout.Partition, cancel);
            foreach (var due in batch.Due) await hints.Leave(due.Kind, layout.Partition, due.At, cancel);

            switch (await store.Commit(layout.Partition, batch.Writes, cancel))
            {
                case CommitOutcome.Committed:
                    return (decision, batch.Outbox);
                case CommitOutcome.Unknown:
                    unknown = batch; // from now on even a "no" is committed, so that this write cannot land behind it
                    break;
                case CommitOutcome.Rejected rejected:
                    throw new InvalidOperationException(
                        $"{operation.Name} made a batch that no store takes: {rejected.Reason}");
            }
        }

        throw new ContendedException(operation.Name);
    }

    // The rows may be newer than the record that was read beside them: a "no" may be the operation's own effect,
    // carried out by somebody else a moment ago. So a decision that leaves no trace looks once more.
    private async Task<Decision<TEvent>> Settled<TState, TEvent>(
        Layout<TState, TEvent> layout, Operation operation, Decision<TEvent> decision, CancellationToken cancel) =>
        (await FindRecord(layout.Partition, operation, cancel))?.Answer<TEvent>(operation) ?? decision;

    // The head comes before the rest: whatever changes while the others are read takes its ETag away, and the commit
    // fails. Read the other way round, old rows could meet a new head, and nothing would show it.
    private async Task<Loaded> Load<TState, TEvent>(
        Layout<TState, TEvent> layout, Operation operation, CancellationToken cancel)
    {
        var recording = FindRecord(layout.Partition, operation, cancel);
        var heading = LoadRows(layout.Partition, new Load.One(layout.Head), cancel);
        await Task.WhenAll(recording, heading);

        var loading = Task.WhenAll(layout.Loads.Select(load => LoadRows(layout.Partition, load, cancel)));
        var looking = Task.WhenAll((layout.Looks ?? []).Select(look => LoadRows(layout.Partition, look, cancel)));
        await Task.WhenAll(loading, looking);
        var rows = ByKey(loading.Result.Prepend(heading.Result));
        return new Loaded(
            recording.Result, rows, looking.Result is [] ? rows : ByKey([.. looking.Result, [.. rows.Values]]));
    }

    // A row may be found twice, under a prefix and by its key: what was read to be changed counts.
    private static Dictionary<string, Row> ByKey(IEnumerable<IEnumerable<Row>> found)
    {
        var byKey = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var row in found.SelectMany(rows => rows)) byKey[row.Key] = row;
        return byKey;
    }

    private async Task<StoredRecord?> FindRecord(string partition, Operation operation, CancellationToken cancel) =>
        await store.Find(partition, operation.Row, cancel) is { } row ? new StoredRecord(row) : null;

    private async Task<IReadOnlyList<Row>> LoadRows(string partition, Load load, CancellationToken cancel)
    {
        if (load is Load.Under under)
            return await store.ReadUnder(partition, under.Prefix, Platform.Load.RowsMax, cancel);
        var found = load is Load.First first
            ? await store.FindFirst(partition, first.Prefix, cancel)
            : await store.Find(partition, ((Load.One)load).Key, cancel);
        return found is null ? [] : [found];
    }

    private Task Pause(int attempt, bool isAnswerLost, CancellationToken cancel) =>
        Task.Delay(PauseBefore(attempt, isAnswerLost, dice), clock, cancel);

    /// <param name="Rows">What the decision may change.</param>
    /// <param name="Seen">The same, and what it only looks at.</param>
    private sealed record Loaded(
        StoredRecord? Record, IReadOnlyDictionary<string, Row> Rows, IReadOnlyDictionary<string, Row> Seen);

    /// <summary>Of a length by chance, so that those who lost together do not come back together.</summary>
    /// <param name="attempt">2 or more.</param>
    internal static TimeSpan PauseBefore(int attempt, bool isAnswerLost, Dice dice)
    {
        var longestMs = (isAnswerLost ? FirstPauseAfterUnknownMsMax : FirstPauseMsMax) << (attempt - 2);
        return TimeSpan.FromMilliseconds(1 + dice.Roll(longestMs));
    }
}

/// <summary>Every try lost a race or its answer. The caller may ask again with the same key.</summary>
public sealed class ContendedException(string operation)
    : Exception($"{operation} found no quiet moment in {Transactor.AttemptsMax} tries.");
