using System.Diagnostics;
using Pond.Kernel;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Platform;

/// <summary>What one decision writes. Pure.</summary>
/// <param name="Writes">
/// State, outbox rows and the operation's record; nothing when there is nothing to remember.
/// </param>
/// <param name="Outbox">The outbox rows among them.</param>
internal sealed record Batch(IReadOnlyList<Write> Writes, IReadOnlyList<OutboxRow> Outbox)
{
    private static readonly Batch Empty = new([], []);

    /// <param name="fence">True after an unknown outcome: then a decision that changes nothing is recorded too.</param>
    public static Batch Of<TState, TEvent>(
        Layout<TState, TEvent> layout,
        Operation operation,
        IReadOnlyDictionary<string, Row> before,
        Decision<TEvent> decision,
        DateTimeOffset now,
        bool fence)
    {
        var record = new Write.Insert(operation.Row, Stored.Write(OperationRecord.Of(operation, now, decision)));
        if (decision.Facts.Count == 0) return fence ? new Batch([record], []) : Empty;

        var outbox = decision.Facts
            .SelectMany(fact => layout.Announce?.Invoke(fact) ?? [])
            .Select((message, index) => OutboxRow.Of(operation, index, message, now))
            .ToArray();
        Write[] writes =
        [
            .. Changes(layout, before, decision.Facts.Aggregate(layout.Read(new LoadedRows(before)), layout.Evolve)),
            .. outbox.Select(row => new Write.Insert(row.Key, Stored.Write(row))),
            record,
        ];
        return new Batch(writes, outbox);
    }

    private static IEnumerable<Write> Changes<TState, TEvent>(
        Layout<TState, TEvent> layout, IReadOnlyDictionary<string, Row> before, TState after)
    {
        var rows = layout.Write(after)
            .ToDictionary(row => row.Key, row => Stored.Write(row.Value), StringComparer.Ordinal);
        if (before.TryGetValue(layout.Head, out var head)) rows.TryAdd(head.Key, head.Data);
        Debug.Assert(rows.ContainsKey(layout.Head), "An accepted decision needs a head to rewrite.");

        foreach (var (key, data) in rows)
        {
            if (!before.TryGetValue(key, out var row)) yield return new Write.Insert(key, data);
            else if (key == layout.Head || row.Data != data) yield return new Write.Replace(key, data, row.ETag);
        }

        foreach (var row in before.Values.Where(row => !rows.ContainsKey(row.Key)))
            yield return new Write.Delete(row.Key, row.ETag);
    }
}
