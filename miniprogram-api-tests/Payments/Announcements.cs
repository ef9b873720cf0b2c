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

    /// <summary>Remembers the messages that a commit leaves.</summary>
    public void Add(string partition, IReadOnlyList<Write> writes)
    {
        foreach (var write in writes.OfType<Write.Insert>())
        {
            if (write.Key.StartsWith(OutboxRow.Waiting + ":", StringComparison.Ordinal))
                rows.Enqueue(Stored.Read<OutboxRow>(write.Data));
        }
    }
}
