using Pond.Kernel;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Platform;

/// <summary>What one decision writes. Pure.</summary>
/// <param name="Writes">
/// State, outbox rows and the operation's record; nothing when there is nothing to remember.
/// </param>
/// <param name="Outbox">The outbox rows among them.</param>
/// <param name="Due">The deadlines of the state that it makes.</param>
internal sealed record Batch(
    IReadOnlyList<Write> Writes, IReadOnlyList<OutboxRow> Outbox, IReadOnlyList<Deadline> Due)
{
    /// <param name="before">The rows that the decision looked at.</param>
    /// <param name="state">The same, as state.</param>
    /// <param name="record">The fence that stands where the record goes, if any.</param>
    /// <param name="fence">True after an unknown outcome: then a decision that changes nothing leaves a fence.</param>
    public static Batch Of<TState, TEvent>(
        Layout<TState, TEvent> layout,
        Operation operation,
        IReadOnlyDictionary<string, Row> before,
        TState state,
        Decision<TEvent> decision,
        StoredRecord? record,
        DateTimeOffset now,
        bool fence)
    {
        var facts = decision.Facts;
        if (facts.Count == 0)
        {
            Write[] standing = fence ? [Record(operation, OperationRecord.Fence(operation, now), record)] : [];
            return new Batch(standing, [], []);
        }

        var outbox = facts
            .SelectMany(fact => layout.Announce?.Invoke(fact) ?? [])
            .Select((message, index) => OutboxRow.Of(operation, index, message, now))
            .ToArray();
        var after = facts.Aggregate(state, layout.Evolve);
        Write[] writes =
        [
            .. Changes(layout, before, after),
            .. outbox.Select(row => new Write.Insert(row.Key, Stored.Write(row))),
            Record(operation, OperationRecord.Of(operation, now, facts), record),
        ];
        return new Batch(writes, outbox, [.. layout.Due?.Invoke(after) ?? []]);
    }

    // In place of a fence with a condition on it, so that of two who come back only one takes it.
    private static Write Record(Operation operation, OperationRecord content, StoredRecord? before) => before is null
        ? new Write.Insert(operation.Row, Stored.Write(content))
        : new Write.Replace(operation.Row, Stored.Write(content), before.Row.ETag);

    private static IEnumerable<Write> Changes<TState, TEvent>(
        Layout<TState, TEvent> layout, IReadOnlyDictionary<string, Row> before, TState after)
    {
        var rows = layout.Write(after)
            .ToDictionary(row => row.Key, row => Stored.Write(row.Value), StringComparer.Ordinal);
        if (before.TryGetValue(layout.Head, out var head)) rows.TryAdd(head.Key, head.Data);
        if (!rows.ContainsKey(layout.Head))
        {
            throw new InvalidOperationException(
                $"An accepted decision in {layout.Partition} has no {layout.Head} to rewrite.");
        }

        foreach (var (key, data) in rows)
        {
            if (!before.TryGetValue(key, out var row)) yield return new Write.Insert(key, data);
            else if (key == layout.Head || row.Data != data) yield return new Write.Replace(key, data, row.ETag);
        }

        foreach (var row in before.Values.Where(row => !rows.ContainsKey(row.Key)))
            yield return new Write.Delete(row.Key, row.ETag);
    }
}
