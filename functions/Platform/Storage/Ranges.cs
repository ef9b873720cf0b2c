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
            var page = await store.Range(partition, next, until, Math.Min(rowsMax + 1, StoreLimits.RowsPerPageMax), cancel);
            rows.AddRange(page.Rows);
            if (rows.Count > rowsMax)
                throw new InvalidOperationException($"More than {rowsMax} rows under {prefix} of {partition}.");
            next = page.Next;
        }

        return rows;
    }
}
