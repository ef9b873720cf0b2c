using Pond.Kernel;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>CPN-08: a coupon goes to a friend, once. Pure.</summary>
public static class GiftRules
{
    /// <summary>How long a friend has to take it, or until the coupon's own end.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A member offers a coupon of theirs, which nothing else can take from now on.</summary>
    /// <param name="giftKey">Hash of the token that the friend will bring.</param>
    public static Decision<WalletEvent> Offer(WalletCoupon wallet, string giftId, string giftKey, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(wallet.Member) is { } why) return why;
        if (wallet.Coupon is not { } coupon) return CouponRefusals.Missing;
        if (CouponRules.WhyNotFree(coupon, now) is { } notFree) return notFree;
        if (!coupon.Terms.IsTransferable || coupon.IsReceived) return CouponRefusals.NotTransferable;

        var until = now + Lifetime < coupon.ValidUntil ? now + Lifetime : coupon.ValidUntil;
        return new WalletEvent.Offered(
            new GiftOfferedV1(giftKey, giftId, wallet.Member!.Id, coupon with { IsReceived = true }, until));
    }

    /// <summary>
    /// The giver's wallet hears what became of the gift; of another gift it hears nothing. What comes back to a member
    /// who has become part of another account goes on there.
    /// </summary>
    public static Decision<WalletEvent> Settle(WalletCoupon wallet, GiftEndedV1 ended, DateTimeOffset now) =>
        wallet.Coupon is { State: CouponState.Gifting } coupon && coupon.GiftId == ended.GiftId
            ? MovingRules.Onward(wallet, new WalletEvent.GiftEnded(ended.IsGiven, now), now)
            : Decision<WalletEvent>.Nothing;

    /// <summary>Whoever has the token can take it now.</summary>
    public static Decision<GiftEvent> Open(Gift? gift, GiftOfferedV1 offer) => gift is null
        ? new GiftEvent.Opened(new Gift(offer.GiftId, offer.FromMemberId, offer.Coupon, offer.Until, GiftState.Open))
        : Decision<GiftEvent>.Nothing;

    /// <summary>A friend takes it: the first, in time, and never the giver.</summary>
    public static Decision<GiftEvent> Accept(Gift? gift, string memberId, DateTimeOffset now) => gift switch
    {
        null => CouponRefusals.GiftMissing,
        { FromMemberId: var giver } when giver == memberId => CouponRefusals.GiftOwn,
        { State: GiftState.Accepted } => CouponRefusals.GiftTaken,
        { State: GiftState.Open } when now < gift.Until =>
            new GiftEvent.Ended(gift with { State = GiftState.Accepted, ToMemberId = memberId }, now),
        _ => CouponRefusals.GiftOver,
    };

    /// <summary>The giver wants it back.</summary>
    public static Decision<GiftEvent> Cancel(Gift? gift, string memberId, DateTimeOffset now) => gift switch
    {
        null => CouponRefusals.GiftMissing,
        { FromMemberId: var giver } when giver != memberId => CouponRefusals.GiftMissing,
        { State: GiftState.Accepted } => CouponRefusals.GiftTaken,
        { State: GiftState.Open } => new GiftEvent.Ended(gift with { State = GiftState.Cancelled }, now),
        _ => Decision<GiftEvent>.Nothing,
    };

    /// <summary>Nobody has taken it in time.</summary>
    public static Decision<GiftEvent> Lapse(Gift? gift, DateTimeOffset now) =>
        gift is { State: GiftState.Open } && now >= gift.Until
            ? new GiftEvent.Ended(gift with { State = GiftState.Lapsed }, now)
            : Decision<GiftEvent>.Nothing;
}
