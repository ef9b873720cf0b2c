using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-07: takes back the growth that a refunded order brought.</summary>
public sealed class GrowthOnOrderRefunded(Inbox inbox, Survivors survivors, PartitionStore store)
{
    [Function(nameof(GrowthOnOrderRefunded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RefundedGrowthQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRefundedV1>(
            nameof(GrowthOnOrderRefunded), OrderMessages.RefundedGrowthQueue, message, TakeBack, cancel);

    private async Task<Refusal?> TakeBack(OrderRefundedV1 refunded, Operation operation, CancellationToken cancel)
    {
        if (refunded.ReversedGrowth == 0) return null;

        var (cause, trail) = (OrderGrowthRules.CauseOf(refunded.OrderId), OrderTrail.None);
        var programme = await ProgrammeRows.Find(store, cancel);
        var decision = await survivors.Run(
            refunded.MemberId,
            memberId => TierRows.Undoing(memberId, cause),
            operation,
            (account, now) =>
            {
                trail = trail.With(account); // what was merged into another account changes no more
                return OrderGrowthRules.TakeBack(account, programme, cause, trail, refunded.ReversedGrowth, now);
            },
            cancel);
        return decision.Refusal;
    }
}
