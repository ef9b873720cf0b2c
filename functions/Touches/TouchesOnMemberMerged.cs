using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>AUTH-10: what waits for an account goes over to the one that it has become part of.</summary>
public sealed class TouchesOnMemberMerged(Inbox inbox, Survivors survivors, PartitionStore store)
{
    private const int RowsPerPage = 100;

    [Function(nameof(TouchesOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.TouchMergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(
            nameof(TouchesOnMemberMerged), MemberMessages.TouchMergeQueue, message, Join, cancel);

    // Nothing begins in the younger account any more, so what is read here stays as it is.
    private async Task<Refusal?> Join(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var from = MemberRows.Partition(merged.FromMemberId);
        var touches = await store.ReadEach(from, Keys.Under(TouchRows.Prefix), RowsPerPage, cancel)
            .Select(row => Stored.Read<Touch>(row.Data)).ToListAsync(cancel);
        var going = JoinRules.Going(touches);
        var book = await TouchRows.FindBook(store, merged.FromMemberId, cancel);
        if (going.Count == 0 && book.Days.Count == 0 && book.Silenced is null) return null;

        string[] keys = [.. going.Select(touch => touch.Key())];
        var decision = await survivors.Run(
            merged.IntoMemberId,
            memberId => TouchRows.Waiting(memberId, keys),
            operation,
            (desk, now) => JoinRules.Join(desk, going, book, now),
            cancel);
        return decision.Refusal;
    }
}
