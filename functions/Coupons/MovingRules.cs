using Pond.Kernel;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>AUTH-10: how coupons come into a wallet, and go on when two accounts become one. Pure.</summary>
public static class MovingRules
{
    /// <summary>A coupon comes in, once; into the wallet of a member who was merged none comes any more.</summary>
    public static Decision<WalletEvent> Receive(WalletCoupon wallet, Coupon coupon)
    {
        if (wallet.Coupon is { } known && !IsBack(known, coupon)) return Decision<WalletEvent>.Nothing;
        if (wallet.Member?.MergedInto is not null) return MemberRefusals.Merged;
        return new WalletEvent.Received(coupon);
    }

    /// <summary>A coupon that is still good for something leaves an account that was merged; any other stays.</summary>
    public static Decision<WalletEvent> Leave(WalletCoupon wallet, DateTimeOffset now) =>
        wallet.Member?.MergedInto is { } intoId && wallet.Coupon is { } coupon
            && coupon.State is CouponState.Issued or CouponState.Frozen && now < coupon.ValidUntil
            ? new WalletEvent.MovedOut(coupon, intoId, now)
            : Decision<WalletEvent>.Nothing;

    /// <summary>What becomes free again of an account that was merged goes on too.</summary>
    internal static Decision<WalletEvent> Onward(
        WalletCoupon wallet, Decision<WalletEvent> decision, DateTimeOffset now)
    {
        if (decision.Facts.Count == 0) return decision;
        var after = decision.Facts.Aggregate(wallet, CouponRules.Evolve);
        var anew = wallet.Member?.MergedInto is { } intoId && after.New is { } issued
            ? [new WalletEvent.MovedOut(issued, intoId, now)]
            : (WalletEvent[])[];
        return decision.Facts.Concat(Leave(after, now).Facts).Concat(anew).ToArray();
    }

    // What the one account gave to the other before they became one, whether this one has heard of it yet or not.
    private static bool IsBack(Coupon known, Coupon coupon) =>
        known.State is CouponState.Gifting or CouponState.Given && !known.IsReceived && coupon.IsReceived;
}
