using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tests;

/// <summary>
/// One partition in memory, changed through layouts as the transactor changes one, for histories of pure rules.
/// </summary>
internal sealed class LayoutRows
{
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);

    /// <summary>
    /// True once a decision has written over a row that it had not looked at: no store would take that.
    /// </summary>
    public bool HasClash { get; private set; }

    public TState State<TState, TEvent>(Layout<TState, TEvent> layout) => layout.Read(new LoadedRows(Loaded(layout)));

    /// <summary>Decides, and keeps what an accepted decision writes.</summary>
    public Decision<TEvent> Run<TState, TEvent>(Layout<TState, TEvent> layout, Func<TState, Decision<TEvent>> decide)
    {
        var before = Loaded(layout);
        var decision = decide(layout.Read(new LoadedRows(before)));
        if (decision.Facts.Count == 0) return decision;

        var after = layout.Write(decision.Facts.Aggregate(layout.Read(new LoadedRows(before)), layout.Evolve))
            .ToDictionary(
                row => row.Key, row => new Row(row.Key, Stored.Write(row.Value), "1"), StringComparer.Ordinal);
        foreach (var gone in before.Keys.Where(key => key != layout.Head && !after.ContainsKey(key))) rows.Remove(gone);
        foreach (var row in after.Values)
        {
            HasClash |= rows.ContainsKey(row.Key) && !before.ContainsKey(row.Key);
            rows[row.Key] = row;
        }

        return decision;
    }

    public void Put(string key, object value) => rows[key] = new Row(key, Stored.Write(value), "1");

    /// <summary>The values of all rows whose key starts with <c>prefix:</c>, in the order of their keys.</summary>
    public IReadOnlyList<T> Under<T>(string prefix) => new LoadedRows(rows).Under<T>(prefix);

    private Dictionary<string, Row> Loaded<TState, TEvent>(Layout<TState, TEvent> layout) => rows.Values
        .Where(row => row.Key == layout.Head || layout.Loads.Any(load => load switch
        {
            Load.One one => one.Key == row.Key,
            Load.Under under => row.Key.StartsWith(under.Prefix + ":", StringComparison.Ordinal),
            _ => false,
        }))
        .ToDictionary(row => row.Key, StringComparer.Ordinal);
}
