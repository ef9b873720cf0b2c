using System.Diagnostics;
using System.Globalization;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>The rows of a store in memory: the same calls give the same answers. For one thread at a time.</summary>
internal sealed class MemoryRows
{
    private readonly Dictionary<string, SortedList<string, Row>> partitions = new(StringComparer.Ordinal);
    private long lastETag;

    /// <summary>All that it holds, in the order of partition and key.</summary>
    public IReadOnlyList<ScannedRow> Everything() =>
    [
        .. from partition in partitions.OrderBy(each => each.Key, StringComparer.Ordinal)
           from row in partition.Value.Values
           select new ScannedRow(new RowPlace(partition.Key, row.Key), row.Data),
    ];

    /// <summary>What lies in the partitions that are meant, in no order.</summary>
    public IEnumerable<ScannedRow> In(Func<string, bool> isMeant) =>
        from partition in partitions
        where isMeant(partition.Key)
        from row in partition.Value.Values
        select new ScannedRow(new RowPlace(partition.Key, row.Key), row.Data);

    /// <summary>What lies under a prefix in any partition, in no order.</summary>
    public IEnumerable<ScannedRow> Under(string prefix) =>
        from partition in partitions
        from row in partition.Value.Values.Skip(FirstAtOrAfter(partition.Value.Keys, prefix))
            .TakeWhile(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))
        select new ScannedRow(new RowPlace(partition.Key, row.Key), row.Data);

    /// <summary>One row, or null.</summary>
    public Row? Look(string partition, string row) => RowsOf(partition)?.GetValueOrDefault(row);

    /// <summary>A page of a range.</summary>
    public Page Look(string partition, string from, string until, int limit)
    {
        if (RowsOf(partition) is not { } rows) return Page.Empty;
        var found = new List<Row>();
        for (var i = FirstAtOrAfter(rows.Keys, from); i < rows.Count; i++)
        {
            var key = rows.GetKeyAtIndex(i);
            if (string.CompareOrdinal(key, until) >= 0) break;
            if (found.Count == limit) return new Page(found, key);
            found.Add(rows.GetValueAtIndex(i));
        }

        return new Page(found, null);
    }

    /// <summary>All the writes or none of them.</summary>
    public CommitOutcome Commit(string partition, IReadOnlyList<Write> writes)
    {
        var rows = RowsOf(partition) ?? new SortedList<string, Row>(StringComparer.Ordinal);

        // No row stands twice in a batch, so all conditions can be checked before anything changes.
        for (var i = 0; i < writes.Count; i++)
            if (!Holds(rows, writes[i])) return new CommitOutcome.Conflict(i);

        partitions.TryAdd(partition, rows);
        return new CommitOutcome.Committed([.. writes.Select(write => Apply(rows, write))]);
    }

    private static bool Holds(SortedList<string, Row> rows, Write write) => write switch
    {
        Write.Insert => !rows.ContainsKey(write.Key),
        Write.Replace replace => rows.GetValueOrDefault(write.Key)?.ETag == replace.ETag,
        Write.Delete delete => rows.GetValueOrDefault(write.Key)?.ETag == delete.ETag,
        _ => throw new UnreachableException(),
    };

    private string? Apply(SortedList<string, Row> rows, Write write)
    {
        if (write is Write.Delete)
        {
            rows.Remove(write.Key);
            return null;
        }

        var data = write is Write.Insert insert ? insert.Data : ((Write.Replace)write).Data;
        var etag = (++lastETag).ToString(CultureInfo.InvariantCulture);
        rows[write.Key] = new Row(write.Key, data, etag);
        return etag;
    }

    private SortedList<string, Row>? RowsOf(string partition) => partitions.GetValueOrDefault(partition);

    private static int FirstAtOrAfter(IList<string> keys, string from)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(keys[middle], from) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
