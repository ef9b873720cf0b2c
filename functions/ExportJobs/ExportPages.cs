using System.Globalization;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.ExportJobs;

/// <summary>Reads pages of what lies under one prefix, for sources whose list is that.</summary>
public static class ExportPages
{
    /// <summary>The next page of one partition.</summary>
    /// <param name="rows">A stored value to rows of the table, none or several.</param>
    /// <param name="rowsPerValueMax">So many come of one value at most: a page holds no more than a part does.</param>
    public static async Task<ExportPage> Read<T>(
        PartitionStore store,
        string partition,
        string prefix,
        string? from,
        Func<T, Task<IReadOnlyList<IReadOnlyList<string>>>> rows,
        CancellationToken cancel,
        int rowsPerValueMax = 1)
    {
        var (first, until) = Keys.Under(prefix);
        var limit = ExportJob.RowsPerPart / rowsPerValueMax;
        var page = await store.Range(partition, from ?? first, until, limit, cancel);
        var read = new List<IReadOnlyList<string>>();
        foreach (var row in page.Rows) read.AddRange(await rows(Stored.Read<T>(row.Data)));
        return new ExportPage(read, page.Next);
    }

    /// <summary>An instant as people in China write it.</summary>
    public static string Time(DateTimeOffset? at) =>
        at?.ToOffset(ChinaDay.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    public static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
