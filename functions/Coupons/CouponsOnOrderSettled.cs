using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>
/// CPN-03: the coupons of a paid order are used; of one that was given up they are free, and never held for it after.
/// </summary>
public sealed class CouponsOnOrderSettled(Inbox inbox, Transactor transactor)
{
    [Function(nameof(CouponsOnOrderSettled))]
    public Task Run(
        [QueueTrigger(OrderMessages.SettledCouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderSettledV1>(
            nameof(CouponsOnOrderSettled), OrderMessages.SettledCouponsQueue, message, Settle, cancel);

    // On the account that placed the order, whatever it has become part of: that is where a late hold comes.
    private async Task<Refusal?> Settle(OrderSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        Refusal? why = null;
        foreach (var couponId in settled.CouponIds.Where(Ids.IsId))
        {
            var decision = await transactor.Run(
                WalletRows.Coupon(settled.MemberId, couponId, settled.OrderId),
                operation with { Key = $"{operation.Key} {couponId}" },
                (wallet, now) => settled.IsPaid
                    ? CouponRules.Confirm(wallet, settled.OrderId, now)
                    : CouponRules.Abandon(wallet, settled.OrderId, now),
                cancel);
            why ??= decision.Refusal;
        }

        return why;
    }
}
