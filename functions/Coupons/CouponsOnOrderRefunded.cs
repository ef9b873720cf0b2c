using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>
/// CPN-06, CPN-11: gives back the coupons of an order that was refunded as a whole, and takes back those that it
/// brought and does not deserve any more.
/// </summary>
public sealed class CouponsOnOrderRefunded(Inbox inbox, CouponReturns returns, OrderGiftDesk gifts)
{
    [Function(nameof(CouponsOnOrderRefunded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RefundedCouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRefundedV1>(
            nameof(CouponsOnOrderRefunded), OrderMessages.RefundedCouponsQueue, message, Undo, cancel);

    private async Task<Refusal?> Undo(OrderRefundedV1 refunded, Operation operation, CancellationToken cancel)
    {
        Refusal? why = null;
        foreach (var couponId in refunded.IsWhole ? refunded.CouponIds.Where(Ids.IsId) : [])
        {
            var decision = await returns.Return(
                refunded.MemberId, couponId, refunded.OrderId, refunded.IsMerchantsFault, cancel);
            why ??= decision.Refusal;
        }

        foreach (var same in refunded.RevokedTemplateIds.GroupBy(id => id))
            await gifts.Undeserve(refunded.MemberId, refunded.OrderId, same.Key, same.Count(), cancel);
        return why;
    }
}
