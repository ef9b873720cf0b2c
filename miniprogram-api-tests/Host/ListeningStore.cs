using Pond.Platform.Storage;

namespace Pond.Tests;

/// <summary>A store over another one that tells what was committed.</summary>
internal sealed class ListeningStore(PartitionStore inner, Action<string, IReadOnlyList<Write>> hear) : PartitionStore
{
    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
        inner.Find(partition, row, cancel);

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel) =>
        inner.Range(partition, from, until, limit, cancel);

    protected override async Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        var outcome = await inner.Commit(partition, writes, cancel);
        if (outcome is CommitOutcome.Committed) hear(partition, writes);
        return outcome;
    }
}
