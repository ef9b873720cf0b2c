using System.Runtime.CompilerServices;

namespace Pond.Platform.Storage;

/// <summary>Reads ranges to their end, whatever pages they come in.</summary>
public static class Ranges
{
    /// <summary>All rows whose key starts with <c>prefix:</c>.</summary>
    /// <param name="rowsMax">More are a broken bound, not a page.</param>
    /// <exception cref="InvalidOperationException">There are more rows than the bound.</exception>
    public static async Task<IReadOnlyList<Row>> ReadUnder(
        this PartitionStore store, string partition, string prefix, int rowsMax, CancellationToken cancel)
    {
        var (from, until) = Keys.Under(prefix);
        var rows = new List<Row>();
        for (string? next = from; next is not null;)
        {
            var limit = Math.Min(rowsMax + 1, StoreLimits.RowsPerPageMax);
            var page = await store.Range(partition, next, until, limit, cancel);
            rows.AddRange(page.Rows);
            if (rows.Count > rowsMax)
                throw new InvalidOperationException($"More than {rowsMax} rows under {prefix} of {partition}.");
            next = page.Next;
        }

        return rows;
    }

    /// <summary>Rows with from ≤ key &lt; until one after the other, with one page of them in memory.</summary>
    /// <param name="rowsPerPage">1 … <see cref="StoreLimits.RowsPerPageMax"/>.</param>
    public static async IAsyncEnumerable<Row> ReadEach(
        this PartitionStore store,
        string partition,
        (string From, string Until) range,
        int rowsPerPage,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        for (string? next = range.From; next is not null;)
        {
            var page = await store.Range(partition, next, range.Until, rowsPerPage, cancel);
            foreach (var row in page.Rows) yield return row;
            next = page.Next;
        }
    }

    /// <summary>The first row whose key starts with <c>prefix:</c>, or null when there is none.</summary>
    public static async Task<Row?> FindFirst(
        this PartitionStore store, string partition, string prefix, CancellationToken cancel)
    {
        return await store.ReadEach(partition, Keys.Under(prefix), rowsPerPage: 1, cancel).FirstOrDefaultAsync(cancel);
    }
}
