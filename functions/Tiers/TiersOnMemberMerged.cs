using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>AUTH-10: sends growth and tier of a merged account on their way to the other.</summary>
public sealed class TiersOnMemberMerged(Inbox inbox, Transactor transactor, PartitionStore store)
{
    [Function(nameof(TiersOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.TierMergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(
            nameof(TiersOnMemberMerged), MemberMessages.TierMergeQueue, message, Leave, cancel);

    private async Task<Refusal?> Leave(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var programme = await ProgrammeRows.Find(store, cancel);
        var decision = await transactor.Run(
            TierRows.Account(merged.FromMemberId, MergingRules.CauseOf(merged.FromMemberId)),
            operation,
            (account, now) => MergingRules.Leave(account, programme, merged.At, now),
            cancel);
        return decision.Refusal;
    }
}
