using Azure;
using Azure.Data.Tables;
using Pond.Platform.Storage;

namespace Pond.Platform.Azure;

/// <summary>The rows of a table of Azure Table Storage.</summary>
public sealed class AzurePartitionStore(AzureStorage storage) : PartitionStore
{
    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
        Read<Row?>(async () =>
        {
            var found = await storage.Rows.GetEntityIfExistsAsync<TableEntity>(
                partition, row, cancellationToken: cancel);
            if (found.HasValue) return AzureRows.Row(found.Value!);
            var code = new RequestFailedException(found.GetRawResponse()).ErrorCode; // Azure has it in the body alone
            return code == AzureFailures.RowNotFound ? null : throw new StoreUnavailableException(NoTable(code));
        }, cancel);

    // One row more than asked for tells whether there is more, and where it goes on: a page of the service may be
    // short or empty and not be the last.
    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel) =>
        Read(async () =>
        {
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {until}");
            var found = storage.Rows.QueryAsync<TableEntity>(
                filter, Math.Min(limit + 1, StoreLimits.RowsPerPageMax), cancellationToken: cancel);
            var rows = new List<Row>();
            await foreach (var entity in found)
            {
                if (rows.Count == limit) return new Page(rows, entity.RowKey);
                rows.Add(AzureRows.Row(entity));
            }

            return new Page(rows, null);
        }, cancel);

    protected override async Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
#pragma warning disable RS0030 // the time of a network is the machine's own
        using var limit = new CancellationTokenSource(storage.CommitTimeLimit); // our own: a caller's would be a doubt
#pragma warning restore RS0030
        try
        {
            var actions = writes.Select(write => AzureRows.Action(partition, write));
            var answers = await storage.Commits.SubmitTransactionAsync(actions, limit.Token);
            return new CommitOutcome.Committed(
                [.. answers.Value.Zip(writes, (answer, write) => write is Write.Delete ? null : ETagOf(answer))]);
        }
        catch (Exception failure) when (AzureFailures.IsOfAzure(failure, CancellationToken.None))
        {
            return AzureFailures.Read(failure) switch
            {
                AzureFailure.Conflict => new CommitOutcome.Conflict(IndexOf(failure)),
                AzureFailure.Rejected => new CommitOutcome.Rejected(failure.Message),
                AzureFailure.Closed => throw Unavailable(failure),
                _ => new CommitOutcome.Unknown(failure),
            };
        }
    }

    private static string ETagOf(Response answer) => answer.Headers.ETag?.ToString()
        ?? throw new InvalidOperationException("A row was stored and the service told no ETag.");

    private static int IndexOf(Exception failure) =>
        (failure as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0;

    /// <summary>Tells a failure of the service as what it is to the callers of a store.</summary>
    internal static async Task<T> Read<T>(Func<Task<T>> query, CancellationToken cancel)
    {
        try
        {
            return await query();
        }
        catch (Exception failure) when (AzureFailures.IsOfAzure(failure, cancel))
        {
            cancel.ThrowIfCancellationRequested(); // however the SDK wraps it
            throw Unavailable(failure);
        }
    }

    private static StoreUnavailableException Unavailable(Exception failure) =>
        new("The table did not answer.", failure);

    private string NoTable(string? code) => $"The table {storage.Rows.Name} did not answer: {code}.";
}
