using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>GRP-10: keeps the list of groups. What is copied is the group as it is: nothing late does harm.</summary>
public sealed class ListOnGroupMoved(Inbox inbox, PartitionStore store, Transactor transactor)
{
    [Function(nameof(ListOnGroupMoved))]
    public Task Run(
        [QueueTrigger(GroupMessages.ListQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<GroupMovedV1>(nameof(ListOnGroupMoved), GroupMessages.ListQueue, message, Copy, cancel);

    private async Task<Refusal?> Copy(GroupMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        if (await GroupRows.Find(store, moved.GroupId, cancel) is not { } desk) return GroupRefusals.Missing;
        var entry = GroupEntry.Of(desk);
        await transactor.Run(
            GroupListRows.Of(entry),
            operation,
            (listed, _) => listed is null || listed.Seq < entry.Seq ? entry : Decision<GroupEntry>.Nothing,
            cancel);
        return null;
    }
}
