using System.Diagnostics;
using Pond.Kernel;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>CPN-03: what happens to a claimed coupon until it is used or worth nothing. Pure.</summary>
/// <remarks>
/// The clock alone ends a coupon: no job has to mark it. Every wish that is fulfilled already changes nothing, and of
/// confirming and releasing one order's hold only the first has an effect.
/// </remarks>
public static class CouponRules
{
    /// <summary>An order takes the coupon for itself until it is paid, given up, or out of time.</summary>
    public static Decision<WalletEvent> Reserve(
        WalletCoupon wallet, string orderId, DateTimeOffset until, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(wallet.Member) is { } why) return why;
        if (wallet.Coupon is not { } coupon) return CouponRefusals.Missing;
        if (wallet.Hold is { State: HoldState.Open }) return Decision<WalletEvent>.Nothing;
        if (wallet.Hold is not null) return CouponRefusals.HoldOver;
        if (WhyNotFree(coupon, now) is { } notFree) return notFree;

        return new WalletEvent.Reserved(orderId, until, now);
    }

    /// <summary>
    /// The order was paid. Neither the end of its hold nor of the coupon matters while nobody has released it: the
    /// member ordered in time.
    /// </summary>
    public static Decision<WalletEvent> Confirm(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        Settle(wallet, HoldState.Open, HoldState.Confirmed, new WalletEvent.Confirmed(orderId, now));

    /// <summary>The order was cancelled before it was paid.</summary>
    public static Decision<WalletEvent> Release(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        Settle(wallet, HoldState.Open, HoldState.Released, new WalletEvent.Released(orderId, now));

    /// <summary>Releases a hold whose time is over, and leaves every other alone.</summary>
    public static Decision<WalletEvent> Lapse(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        wallet.Hold is { State: HoldState.Open } && wallet.Coupon?.HeldUntil <= now
            ? new WalletEvent.Released(orderId, now)
            : Decision<WalletEvent>.Nothing;

    /// <summary>CPN-06: the whole paid order was refunded: the coupon is free again if it is still valid.</summary>
    public static Decision<WalletEvent> Return(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        Settle(wallet, HoldState.Confirmed, HoldState.Returned, new WalletEvent.Returned(orderId, now));

    /// <summary>An operator freezes, thaws or revokes; an order's coupon is left alone.</summary>
    public static Decision<WalletEvent> Judge(WalletCoupon wallet, Judgement judgement, DateTimeOffset now)
    {
        if (wallet.Member is null) return MemberRefusals.Missing;
        if (wallet.Coupon is not { } coupon) return CouponRefusals.Missing;
        if (coupon.State == StateOf(judgement.Verdict)) return Decision<WalletEvent>.Nothing;
        if (coupon.State is not CouponState.Frozen && WhyNotFree(coupon, now) is { } why) return why;

        return new WalletEvent.Judged(coupon.State, judgement, now);
    }

    /// <summary>Whether the wallet shows it: valid, and neither used nor revoked.</summary>
    public static bool IsKept(Coupon coupon, DateTimeOffset now) =>
        now < coupon.ValidUntil
        && coupon.State is CouponState.Issued or CouponState.Reserved or CouponState.Frozen or CouponState.Gifting;

    /// <summary>Why no order can take the coupon now, or null.</summary>
    public static Refusal? WhyNotFree(Coupon coupon, DateTimeOffset now) => coupon.State switch
    {
        CouponState.Reserved => CouponRefusals.Held,
        CouponState.Used => CouponRefusals.Spent,
        CouponState.Revoked => CouponRefusals.Revoked,
        CouponState.Frozen => CouponRefusals.Frozen,
        CouponState.Expired => CouponRefusals.Over,
        CouponState.Gifting => CouponRefusals.Gifting,
        CouponState.Given => CouponRefusals.Given,
        CouponState.Reissued => CouponRefusals.Reissued,
        CouponState.Issued => now < coupon.ValidUntil ? null : CouponRefusals.Over,
        _ => throw new UnreachableException(),
    };

    public static WalletCoupon Evolve(WalletCoupon wallet, WalletEvent fact) => fact switch
    {
        WalletEvent.Reserved reserved => wallet with
        {
            Coupon = wallet.Coupon! with
            {
                State = CouponState.Reserved,
                OrderId = reserved.OrderId,
                HeldUntil = reserved.Until,
            },
            Hold = new CouponHold(reserved.OrderId, HoldState.Open),
        },
        WalletEvent.Confirmed => wallet with
        {
            Coupon = wallet.Coupon! with { State = CouponState.Used, HeldUntil = null },
            Hold = wallet.Hold! with { State = HoldState.Confirmed },
        },
        WalletEvent.Released released => Free(wallet, HoldState.Released, released.At),
        WalletEvent.Returned returned => Free(wallet, HoldState.Returned, returned.At),
        WalletEvent.Judged { Judgement.Verdict: CouponVerdict.Issued } thawed =>
            wallet with { Coupon = wallet.Coupon! with { State = FreeState(wallet.Coupon, thawed.At) } },
        WalletEvent.Judged judged =>
            wallet with { Coupon = wallet.Coupon! with { State = StateOf(judged.Judgement.Verdict) } },
        WalletEvent.Offered { Offer: var offer } =>
            wallet with { Coupon = wallet.Coupon! with { State = CouponState.Gifting, GiftId = offer.GiftId } },
        WalletEvent.GiftEnded { IsGiven: true } =>
            wallet with { Coupon = wallet.Coupon! with { State = CouponState.Given } },
        WalletEvent.GiftEnded back => wallet with
        {
            Coupon = wallet.Coupon! with { State = FreeState(wallet.Coupon, back.At), GiftId = null },
        },
        WalletEvent.Reissued { New: var coupon } => wallet with
        {
            Coupon = wallet.Coupon! with { State = CouponState.Reissued },
            New = coupon,
        },
        _ => throw new UnreachableException(),
    };

    private static Decision<WalletEvent> Settle(
        WalletCoupon wallet, HoldState before, HoldState after, WalletEvent fact)
    {
        if (wallet.Coupon is null) return CouponRefusals.Missing;
        if (wallet.Hold is not { } hold) return CouponRefusals.NotHeld;
        if (hold.State == after) return Decision<WalletEvent>.Nothing;
        return hold.State == before ? fact : CouponRefusals.HoldOver;
    }

    private static WalletCoupon Free(WalletCoupon wallet, HoldState hold, DateTimeOffset at) => wallet with
    {
        Coupon = wallet.Coupon! with { State = FreeState(wallet.Coupon, at), OrderId = null, HeldUntil = null },
        Hold = wallet.Hold! with { State = hold },
    };

    private static CouponState FreeState(Coupon coupon, DateTimeOffset at) =>
        at < coupon.ValidUntil ? CouponState.Issued : CouponState.Expired;

    private static CouponState StateOf(CouponVerdict verdict) => verdict switch
    {
        CouponVerdict.Issued => CouponState.Issued,
        CouponVerdict.Frozen => CouponState.Frozen,
        CouponVerdict.Revoked => CouponState.Revoked,
        _ => throw new UnreachableException(),
    };
}
