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

    /// <summary>
    /// The order was cancelled, whether it held the coupon or not: who is late with a reservation is told that it is
    /// over.
    /// </summary>
    public static Decision<WalletEvent> Abandon(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        wallet.Hold is null ? new WalletEvent.Abandoned(orderId, now) : Release(wallet, orderId, now);

    /// <summary>Releases a hold whose time is over, and leaves every other alone.</summary>
    public static Decision<WalletEvent> Lapse(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        wallet.Hold is { State: HoldState.Open } && wallet.Coupon?.HeldUntil <= now
            ? new WalletEvent.Released(orderId, now)
            : Decision<WalletEvent>.Nothing;

    /// <summary>CPN-06: the whole paid order was refunded: the coupon is free again if it is still valid.</summary>
    public static Decision<WalletEvent> Return(WalletCoupon wallet, string orderId, DateTimeOffset now) =>
        MovingRules.Onward(
            wallet,
            Settle(wallet, HoldState.Confirmed, HoldState.Returned, new WalletEvent.Returned(orderId, now)),
            now);

    /// <summary>An operator freezes, thaws or revokes; an order's coupon is left alone.</summary>
    public static Decision<WalletEvent> Judge(WalletCoupon wallet, Judgement judgement, DateTimeOffset now)
    {
        if (wallet.Member is null) return MemberRefusals.Missing;
        if (wallet.Member.MergedInto is not null) return MemberRefusals.Merged;
        if (wallet.Coupon is not { } coupon) return CouponRefusals.Missing;
        var wanted = StateOf(judgement.Verdict);
        if (coupon.State == wanted) return Decision<WalletEvent>.Nothing;
        if (coupon.State is not CouponState.Frozen && WhyNotFree(coupon, now) is { } why) return why;

        var after = wanted is CouponState.Issued ? FreeState(coupon, now) : wanted;
        return new WalletEvent.Judged(coupon.State, after, judgement, now);
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
        CouponState.Moved => CouponRefusals.Missing,
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
        WalletEvent.Abandoned abandoned =>
            wallet with { Hold = new CouponHold(abandoned.OrderId, HoldState.Released) },
        WalletEvent.TakenBack taken => wallet with
        {
            Coupon = (wallet.Coupon ?? taken.Coupon) with { State = CouponState.Revoked },
        },
        WalletEvent.Returned returned => Free(wallet, HoldState.Returned, returned.At),
        WalletEvent.Received received => wallet with { Coupon = received.Coupon },
        WalletEvent.MovedOut moved when moved.Coupon.Id == wallet.New?.Id =>
            wallet with { New = wallet.New with { State = CouponState.Moved } },
        WalletEvent.MovedOut => wallet with { Coupon = wallet.Coupon! with { State = CouponState.Moved } },
        WalletEvent.Judged judged => wallet with { Coupon = wallet.Coupon! with { State = judged.After } },
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

    /// <summary>The state that an operator asks for; a coupon that has ended meanwhile thaws to its end.</summary>
    internal static CouponState StateOf(CouponVerdict verdict) => verdict switch
    {
        CouponVerdict.Issued => CouponState.Issued,
        CouponVerdict.Frozen => CouponState.Frozen,
        CouponVerdict.Revoked => CouponState.Revoked,
        _ => throw new UnreachableException(),
    };
}
