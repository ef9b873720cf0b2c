using System.Text.Json.Serialization;
using Pond.Members;

namespace Pond.Coupons;

/// <summary>A coupon in a member's wallet.</summary>
/// <param name="Id">Sorts by the end of its validity.</param>
/// <param name="ValidUntil">From then on no order can take it.</param>
/// <param name="OrderId">The order that holds it or used it; null while there is none.</param>
/// <param name="HeldUntil">When the order's hold lapses; null unless it is reserved.</param>
/// <param name="GiftId">The gift that it is or was in; null when it never was, or came back.</param>
/// <param name="IsReceived">It was somebody's gift, and cannot be given again.</param>
/// <param name="FirstId">The id that it was claimed with, when it was issued anew; else null.</param>
public sealed record Coupon(
    string Id,
    CouponTerms Terms,
    CouponState State,
    DateTimeOffset ClaimedAt,
    DateTimeOffset ValidUntil,
    string? OrderId = null,
    DateTimeOffset? HeldUntil = null,
    string? GiftId = null,
    bool IsReceived = false,
    string? FirstId = null);

/// <summary>CPN-03: the states of a claimed coupon. Stored by name: never rename one.</summary>
public enum CouponState
{
    /// <summary>In the wallet, free to be used until its validity ends.</summary>
    Issued,

    /// <summary>Held by one order, which has not been paid yet.</summary>
    Reserved,

    /// <summary>Spent by a paid order.</summary>
    Used,

    /// <summary>It came back from an order, or thawed, after its validity had ended.</summary>
    Expired,

    /// <summary>Taken back for good, by an operator or with the order that brought it.</summary>
    Revoked,

    /// <summary>Not usable until an operator thaws it.</summary>
    Frozen,

    /// <summary>It went on to the account that this one has become part of; this is what is left of it.</summary>
    Moved,

    /// <summary>Offered to a friend, who has not taken it yet.</summary>
    Gifting,

    /// <summary>In a friend's wallet; here it stays as a memory, so that nothing brings it back.</summary>
    Given,

    /// <summary>It was over, and another stands for it.</summary>
    Reissued,
}

/// <summary>What became of one order's hold of one coupon. An order holds a coupon once and never again.</summary>
public sealed record CouponHold(string OrderId, HoldState State);

/// <summary>Stored by name: never rename one.</summary>
public enum HoldState
{
    /// <summary>Neither paid nor given up.</summary>
    Open,

    /// <summary>The order was paid.</summary>
    Confirmed,

    /// <summary>The order was cancelled, or its time ran out.</summary>
    Released,

    /// <summary>The order was paid and then refunded.</summary>
    Returned,
}

/// <summary>What the rules of a claimed coupon look at.</summary>
/// <param name="Hold">That of the order at hand; null when it never held the coupon, or when there is no order.</param>
/// <param name="New">The coupon that this decision adds.</param>
public sealed record WalletCoupon(MemberStanding? Member, Coupon? Coupon, CouponHold? Hold, Coupon? New = null);

/// <summary>What can happen to a claimed coupon. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Reserved), "reserved")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Abandoned), "abandoned")]
[JsonDerivedType(typeof(TakenBack), "taken-back")]
[JsonDerivedType(typeof(Judged), "judged")]
[JsonDerivedType(typeof(Received), "received")]
[JsonDerivedType(typeof(MovedOut), "moved-out")]
[JsonDerivedType(typeof(Offered), "offered")]
[JsonDerivedType(typeof(GiftEnded), "gift-ended")]
[JsonDerivedType(typeof(Reissued), "reissued")]
public abstract record WalletEvent
{
    private WalletEvent()
    {
    }

    public sealed record Reserved(string OrderId, DateTimeOffset Until, DateTimeOffset At) : WalletEvent;

    public sealed record Confirmed(string OrderId, DateTimeOffset At) : WalletEvent;

    public sealed record Released(string OrderId, DateTimeOffset At) : WalletEvent;

    public sealed record Returned(string OrderId, DateTimeOffset At) : WalletEvent;

    /// <summary>The order never held it, and never will.</summary>
    public sealed record Abandoned(string OrderId, DateTimeOffset At) : WalletEvent;

    /// <summary>What brought it was refunded.</summary>
    /// <param name="Coupon">As it was given: the wallet may not have heard of it yet.</param>
    public sealed record TakenBack(Coupon Coupon, DateTimeOffset At) : WalletEvent;

    /// <summary>An operator froze, thawed or revoked it.</summary>
    public sealed record Judged(CouponState Before, CouponState After, Judgement Judgement, DateTimeOffset At)
        : WalletEvent;

    /// <summary>It came into the wallet: claimed, or with a merged account.</summary>
    public sealed record Received(Coupon Coupon) : WalletEvent;

    /// <summary>It went on with a merged account.</summary>
    /// <param name="Coupon">As it goes.</param>
    public sealed record MovedOut(Coupon Coupon, string IntoMemberId, DateTimeOffset At) : WalletEvent;

    public sealed record Offered(GiftOfferedV1 Offer) : WalletEvent;

    /// <summary>A friend has it, or it came back.</summary>
    public sealed record GiftEnded(bool IsGiven, DateTimeOffset At) : WalletEvent;

    /// <param name="Order">Who ordered it; null when a refund did.</param>
    public sealed record Reissued(Coupon New, ReissueOrder? Order, DateTimeOffset At) : WalletEvent;
}

/// <summary>An operator issues a coupon anew.</summary>
/// <param name="Reason">Stands in the audit.</param>
public sealed record ReissueOrder(string MemberId, string CouponId, string OperatorId, string Reason);

/// <summary>What an operator decides about one coupon of one member.</summary>
/// <param name="Verdict">The state that the coupon gets.</param>
/// <param name="Reason">Stands in the audit.</param>
public sealed record Judgement(
    string MemberId, string CouponId, CouponVerdict Verdict, string OperatorId, string Reason);

/// <summary>What an operator may make of a coupon. Stored by name: never rename one.</summary>
public enum CouponVerdict
{
    /// <summary>Thawed.</summary>
    Issued,
    Frozen,
    Revoked,
}
