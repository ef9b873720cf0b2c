using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>AUTH-10: receives growth and tier of a merged account, whatever has become of the member since.</summary>
public sealed class TiersOnGrowthMoved(Inbox inbox, Survivors survivors, PartitionStore store)
{
    [Function(nameof(TiersOnGrowthMoved))]
    public Task Run(
        [QueueTrigger(TierMessages.MovesQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<GrowthMovedV1>(nameof(TiersOnGrowthMoved), TierMessages.MovesQueue, message, Arrive, cancel);

    private async Task<Refusal?> Arrive(GrowthMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        var programme = await ProgrammeRows.Find(store, cancel);
        var decision = await survivors.Run(
            moved.IntoMemberId,
            memberId => TierRows.Account(memberId, MergingRules.CauseOf(moved.FromMemberId)),
            operation,
            (account, now) => MergingRules.Arrive(account, programme, moved, now),
            cancel);
        return decision.Refusal;
    }
}
