using Pond.Kernel;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>CPN-03, CPN-06, CPN-11: what an order and its refunds do to coupons. Pure.</summary>
public static class OrderCouponRules
{
    /// <summary>How long an order can hold a coupon.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromDays(30);

    /// <summary>The order takes all of them, or none. What it has already stays as it is.</summary>
    public static Decision<OrderCouponEvent> Reserve(
        IReadOnlyList<WalletCoupon> wallets, IReadOnlyList<string> couponIds, string orderId, DateTimeOffset now)
    {
        var facts = new List<OrderCouponEvent>();
        foreach (var (couponId, wallet) in couponIds.Zip(wallets))
        {
            var decision = CouponRules.Reserve(wallet, orderId, now + LongestHold, now);
            if (decision.Refusal is { } why) return why;
            facts.AddRange(decision.Facts.Select(fact => new OrderCouponEvent(couponId, fact)));
        }

        return facts.ToArray();
    }

    /// <summary>
    /// The whole paid order was refunded. Whoever has not heard yet that it was paid hears it first: the other way
    /// round the coupon would be lost.
    /// </summary>
    /// <param name="seed">A random id, of which the new coupon's id is made, should it be issued anew.</param>
    public static Decision<WalletEvent> Return(
        WalletCoupon wallet, string orderId, bool isMerchantsFault, string seed, DateTimeOffset now)
    {
        var confirmed = wallet.Hold is { State: HoldState.Open }
            ? CouponRules.Confirm(wallet, orderId, now).Facts
            : [];
        var paid = confirmed.Aggregate(wallet, CouponRules.Evolve);
        var returned = isMerchantsFault
            ? ReissueRules.ReturnByFault(paid, orderId, seed, now)
            : CouponRules.Return(paid, orderId, now);
        return confirmed.Count == 0 || returned.Refusal is not null
            ? returned
            : confirmed.Concat(returned.Facts).ToArray();
    }

    /// <summary>
    /// Takes back what an order has brought and does not deserve any more, as far as it is free. What is used, on its
    /// way into another order or to a friend stays; so does what has ended.
    /// </summary>
    public static Decision<WalletEvent> TakeBack(WalletCoupon wallet, Coupon given, DateTimeOffset now)
    {
        if (wallet.Coupon?.State is CouponState.Revoked) return Decision<WalletEvent>.Nothing;
        if (wallet.Coupon is null or { State: CouponState.Moved } && wallet.Member?.MergedInto is not null)
            return MemberRefusals.Merged;
        return wallet.Coupon is { State: not CouponState.Frozen } coupon
            && CouponRules.WhyNotFree(coupon, now) is { } why
            ? why
            : new WalletEvent.TakenBack(given, now);
    }
}

/// <summary>Something that happened to one of an order's coupons.</summary>
public sealed record OrderCouponEvent(string CouponId, WalletEvent Fact);
