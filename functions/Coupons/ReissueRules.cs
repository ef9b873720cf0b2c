using Pond.Kernel;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>CPN-06: a coupon that is over comes back for some days. Pure.</summary>
public static class ReissueRules
{
    /// <summary>Days that a coupon lasts which was issued anew, the day itself being the first.</summary>
    public const int GraceDays = 7;

    /// <summary>
    /// The whole paid order was refunded and the merchant is to blame: the coupon is free again or, if it has ended
    /// meanwhile, issued anew.
    /// </summary>
    /// <param name="seed">A random id, of which the new coupon's id is made.</param>
    public static Decision<WalletEvent> ReturnByFault(
        WalletCoupon wallet, string orderId, string seed, DateTimeOffset now)
    {
        var returned = CouponRules.Return(wallet, orderId, now);
        if (returned.Facts.Count == 0 || now < wallet.Coupon!.ValidUntil) return returned;
        WalletEvent[] reissued =
            [.. returned.Facts, new WalletEvent.Reissued(Anew(wallet.Coupon, seed, now), Order: null, now)];
        return MovingRules.Onward(wallet, reissued, now);
    }

    /// <summary>An operator issues anew what has ended unused.</summary>
    /// <param name="seed">A random id, of which the new coupon's id is made.</param>
    public static Decision<WalletEvent> Reissue(
        WalletCoupon wallet, ReissueOrder order, string seed, DateTimeOffset now)
    {
        if (wallet.Member is null) return MemberRefusals.Missing;
        if (wallet.Member.MergedInto is not null) return MemberRefusals.Merged;
        if (wallet.Coupon is not { } coupon) return CouponRefusals.Missing;
        var why = CouponRules.WhyNotFree(coupon, now);
        if (why is null) return CouponRefusals.NotOver;
        return why == CouponRefusals.Over ? new WalletEvent.Reissued(Anew(coupon, seed, now), order, now) : why;
    }

    private static Coupon Anew(Coupon coupon, string seed, DateTimeOffset now)
    {
        var validUntil = ChinaDay.Of(now).AddDays(GraceDays).Start;
        return coupon with
        {
            Id = CouponIds.Of(validUntil, seed),
            State = CouponState.Issued,
            ValidUntil = validUntil,
            OrderId = null,
            HeldUntil = null,
            FirstId = coupon.FirstId ?? coupon.Id,
        };
    }
}
