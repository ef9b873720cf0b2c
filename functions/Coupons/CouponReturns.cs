using Pond.Kernel;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>CPN-06: gives a coupon back whose paid order was refunded as a whole. For those who refund.</summary>
public sealed class CouponReturns(Transactor transactor, Ids ids)
{
    /// <summary>Once for each order and coupon, however often it is asked for.</summary>
    public Task<Decision<WalletEvent>> Return(
        string memberId, string couponId, string orderId, bool isMerchantsFault, CancellationToken cancel)
    {
        var seed = ids.Next();
        return transactor.Run(
            WalletRows.Coupon(memberId, couponId, orderId),
            new Operation(nameof(CouponReturns), $"{couponId} {orderId}", Fingerprint: null),
            (wallet, now) => OrderCouponRules.Return(wallet, orderId, isMerchantsFault, seed, now),
            cancel);
    }
}
