using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>Puts a coupon into the member's wallet, whatever has become of the member since they got it.</summary>
public sealed class WalletOnCouponClaimed(Inbox inbox, Survivors survivors)
{
    [Function(nameof(WalletOnCouponClaimed))]
    public Task Run(
        [QueueTrigger(CouponMessages.WalletQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CouponClaimedV1>(
            nameof(WalletOnCouponClaimed), CouponMessages.WalletQueue, message, Receive, cancel);

    private async Task<Refusal?> Receive(CouponClaimedV1 claimed, Operation operation, CancellationToken cancel)
    {
        var decision = await survivors.Run(
            claimed.MemberId,
            memberId => WalletRows.Incoming(memberId, claimed.Coupon.Id),
            operation,
            (wallet, _) => MovingRules.Receive(wallet, claimed.Coupon),
            cancel);
        return decision.Refusal;
    }
}
