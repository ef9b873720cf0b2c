using Pond.Platform.Storage;

namespace Pond.Platform;

/// <summary>
/// How the state of one sort of decision lives in the rows of one partition. All its functions are pure.
/// </summary>
/// <param name="Partition">Where the rows are.</param>
/// <param name="Head">
/// The row that every accepted decision rewrites, even unchanged, so that two decisions over the same rows never both
/// land.
/// </param>
/// <param name="Loads">What else the decision looks at.</param>
/// <param name="Read">Rows to state.</param>
/// <param name="Write">
/// State to rows: every row that the state stands for, the changed and the unchanged. A loaded row that is not among
/// them is deleted, but for the head.
/// </param>
/// <param name="Evolve">State before and a fact, to state after.</param>
/// <param name="Announce">What others are to hear of a fact; null when nobody ever hears anything.</param>
/// <param name="Due">When somebody has to look at the state again; null when it has no deadlines.</param>
/// <param name="Looks">What the decision looks at beside, and leaves as it is; null for nothing.</param>
public sealed record Layout<TState, TEvent>(
    string Partition,
    string Head,
    IReadOnlyList<Load> Loads,
    Func<LoadedRows, TState> Read,
    Func<TState, IEnumerable<StateRow>> Write,
    Func<TState, TEvent, TState> Evolve,
    Func<TEvent, IEnumerable<Message>>? Announce = null,
    Func<TState, IEnumerable<Deadline>>? Due = null,
    IReadOnlyList<Load>? Looks = null);

/// <summary>One row that a state stands for; the value is stored as JSON.</summary>
public sealed record StateRow(string Key, object Value);

/// <summary>
/// When a partition has to be looked at again. A hint says so to the sweep of that kind, and is left before the commit.
/// </summary>
/// <param name="Kind">Names the sweep; letters, digits and hyphens.</param>
/// <param name="At">A look comes at this time or some minutes later, and may come when there is nothing to do.</param>
public sealed record Deadline(string Kind, DateTimeOffset At);

/// <summary>What another slice is to hear. It is stored with the decision and delivered at least once.</summary>
/// <param name="Queue">The queue whose trigger handles it: one queue for each effect.</param>
/// <param name="Body">A versioned message record.</param>
public sealed record Message(string Queue, object Body);

/// <summary>Rows that a decision looks at.</summary>
public abstract record Load
{
    /// <summary>Rows of one <see cref="Under"/>; more are a broken bound, not a page.</summary>
    public const int RowsMax = 100;

    private Load()
    {
    }

    /// <summary>One row, which may be missing.</summary>
    public sealed record One(string Key) : Load;

    /// <summary>All rows whose key starts with <c>prefix:</c>.</summary>
    public sealed record Under(string Prefix) : Load;

    /// <summary>The first of the rows whose key starts with <c>prefix:</c>, however many there are.</summary>
    public sealed record First(string Prefix) : Load;
}

/// <summary>The rows that were found, by key.</summary>
public sealed class LoadedRows(IReadOnlyDictionary<string, Row> rows)
{
    /// <summary>The value of one row, or null when it was not found.</summary>
    public T? Find<T>(string key)
        where T : class => rows.TryGetValue(key, out var row) ? Stored.Read<T>(row.Data) : null;

    /// <summary>The values of all rows whose key starts with <c>prefix:</c>, in the order of their keys.</summary>
    public IReadOnlyList<T> Under<T>(string prefix) =>
    [
        .. rows.Values
            .Where(row => row.Key.StartsWith(prefix + ":", StringComparison.Ordinal))
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => Stored.Read<T>(row.Data)),
    ];
}
