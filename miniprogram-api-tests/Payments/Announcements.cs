using System.Collections.Concurrent;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tests.Payments;

/// <summary>Every message that was ever committed, also those that were heard and removed since.</summary>
internal sealed class Announcements
{
    private readonly ConcurrentQueue<OutboxRow> rows = new();

    public IReadOnlyList<T> Of<T>(string queue) =>
        [.. rows.Where(row => row.Queue == queue).Select(row => Stored.Read<T>(row.Body))];

    public void Add(OutboxRow row) => rows.Enqueue(row);
}

/// <summary>A store that tells what messages its commits leave.</summary>
internal sealed class ListeningStore(PartitionStore inner, Announcements heard) : PartitionStore
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
        if (outcome is not CommitOutcome.Committed) return outcome;
        foreach (var write in writes.OfType<Write.Insert>())
        {
            if (write.Key.StartsWith(OutboxRow.Waiting + ":", StringComparison.Ordinal))
                heard.Add(Stored.Read<OutboxRow>(write.Data));
        }

        return outcome;
    }
}
