using System.Diagnostics;
using System.Globalization;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>A store in memory that answers at once: the same calls give the same answers.</summary>
public sealed class MemoryPartitionStore : PartitionStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedList<string, Row>> partitions = new(StringComparer.Ordinal);
    private long lastETag;

    /// <summary>All that it holds, in the order of partition and key.</summary>
    public IReadOnlyList<ScannedRow> Everything()
    {
        lock (gate)
        {
            return
            [
                .. from partition in partitions.OrderBy(each => each.Key, StringComparer.Ordinal)
                   from row in partition.Value.Values
                   select new ScannedRow(new RowPlace(partition.Key, row.Key), row.Data),
            ];
        }
    }

    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(RowsOf(partition).GetValueOrDefault(row));
    }

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            var rows = RowsOf(partition);
            var found = new List<Row>();
            for (var i = FirstAtOrAfter(rows.Keys, from); i < rows.Count; i++)
            {
                var key = rows.GetKeyAtIndex(i);
                if (string.CompareOrdinal(key, until) >= 0) break;
                if (found.Count == limit) return Task.FromResult(new Page(found, key));
                found.Add(rows.GetValueAtIndex(i));
            }

            return Task.FromResult(new Page(found, null));
        }
    }

    protected override Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(Commit(RowsOf(partition), writes));
    }

    private CommitOutcome Commit(SortedList<string, Row> rows, IReadOnlyList<Write> writes)
    {
        // No row stands twice in a batch, so all conditions can be checked before anything changes.
        for (var i = 0; i < writes.Count; i++)
            if (!Holds(rows, writes[i])) return new CommitOutcome.Conflict(i);

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

    private SortedList<string, Row> RowsOf(string partition)
    {
        if (!partitions.TryGetValue(partition, out var rows))
            partitions.Add(partition, rows = new SortedList<string, Row>(StringComparer.Ordinal));
        return rows;
    }

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
