using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-10: brings over who the younger account was as a person, and what it agreed to.</summary>
public sealed class JoinOnMemberMerged(Inbox inbox, Joining joining, Transactor transactor, PartitionStore store)
{
    [Function(nameof(JoinOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.JoinQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(nameof(JoinOnMemberMerged), MemberMessages.JoinQueue, message, Join, cancel);

    // The person comes first: from the join on, the older account may leave.
    private async Task<Refusal?> Join(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        await joining.Run(merged.FromMemberId, merged.IntoMemberId, cancel);
        var from = await store.Find<Member>(MemberRows.Partition(merged.FromMemberId), MemberRows.Head, cancel);
        var decision = await transactor.Run(
            ConsentRows.Desk(merged.IntoMemberId),
            operation,
            (desk, now) => MergeRules.Join(desk.Member, from!, now),
            cancel);
        return decision.Refusal;
    }
}
