using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>A store in memory that answers at once: the same calls give the same answers.</summary>
public sealed class MemoryPartitionStore : PartitionStore
{
    private readonly Lock gate = new();
    private readonly MemoryRows rows = new();

    /// <summary>All that it holds, in the order of partition and key.</summary>
    public IReadOnlyList<ScannedRow> Everything()
    {
        lock (gate) return rows.Everything();
    }

    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(rows.Look(partition, row));
    }

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(rows.Look(partition, from, until, limit));
    }

    protected override Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate) return Task.FromResult(rows.Commit(partition, writes));
    }
}
