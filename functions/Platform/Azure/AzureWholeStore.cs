using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Pond.Platform.Storage;

namespace Pond.Platform.Azure;

/// <summary>
/// All rows of the table. A scan is read page by page, so others who write meanwhile are seen in part.
/// </summary>
public sealed class AzureWholeStore(AzureStorage storage) : WholeStore
{
    /// <summary>The table; the queues are made when the app starts.</summary>
    public override Task Create(CancellationToken cancel) =>
        AzurePartitionStore.Read(() => storage.Commits.CreateIfNotExistsAsync(cancel), cancel);

    // The service gives rows in the order of partition and key, but it searches the whole table for a filter with an
    // "or": so the rest of one partition and the partitions behind it are two queries.
    protected override async IAsyncEnumerable<ScannedRow> ScanCore(
        RowPlace? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        string?[] filters = after is not var (partition, key)
            ? [null]
            :
            [
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {key}"),
                TableClient.CreateQueryFilter($"PartitionKey gt {partition}"),
            ];
        foreach (var filter in filters)
        {
            var found = storage.Rows.QueryAsync<TableEntity>(filter, StoreLimits.RowsPerPageMax, null, cancel);
            await using var entities = found.GetAsyncEnumerator(cancel);
            while (await AzurePartitionStore.Read(() => entities.MoveNextAsync().AsTask(), cancel))
                yield return ToRow(entities.Current);
        }
    }

    private static ScannedRow ToRow(TableEntity entity) =>
        new(new RowPlace(entity.PartitionKey, entity.RowKey), AzureRows.Row(entity).Data);
}
