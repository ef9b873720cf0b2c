using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>CPN-08: tells the giver's wallet that the coupon is given, or back.</summary>
public sealed class WalletOnGiftEnded(Inbox inbox, Transactor transactor)
{
    [Function(nameof(WalletOnGiftEnded))]
    public Task Run(
        [QueueTrigger(CouponMessages.GiftEndQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<GiftEndedV1>(nameof(WalletOnGiftEnded), CouponMessages.GiftEndQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(GiftEndedV1 ended, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            WalletRows.Coupon(ended.FromMemberId, ended.CouponId),
            operation,
            (wallet, now) => GiftRules.Settle(wallet, ended, now),
            cancel);
        return decision.Refusal;
    }
}
