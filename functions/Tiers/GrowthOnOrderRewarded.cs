using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-07: gives the growth that a paid order brings.</summary>
public sealed class GrowthOnOrderRewarded(Inbox inbox, Survivors survivors, PartitionStore store)
{
    [Function(nameof(GrowthOnOrderRewarded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RewardGrowthQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRewardsV1>(
            nameof(GrowthOnOrderRewarded), OrderMessages.RewardGrowthQueue, message, Give, cancel);

    private async Task<Refusal?> Give(OrderRewardsV1 rewards, Operation operation, CancellationToken cancel)
    {
        if (rewards.Growth == 0) return null;

        var (cause, trail) = (OrderGrowthRules.CauseOf(rewards.OrderId), OrderTrail.None);
        var programme = await ProgrammeRows.Find(store, cancel);
        var decision = await survivors.Run(
            rewards.MemberId,
            memberId => TierRows.Undoing(memberId, cause),
            operation,
            (account, now) =>
            {
                trail = trail.With(account); // what was merged into another account changes no more
                return OrderGrowthRules.Bring(account, programme, cause, trail, rewards.Growth, now);
            },
            cancel);
        return decision.Refusal;
    }
}
