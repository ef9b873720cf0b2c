using System.Text.Json.Serialization;
using Pond.Orders;
using Pond.Touches;

namespace Pond.GroupBuys;

/// <summary>GRP-02: people who buy together. The head of its partition.</summary>
/// <param name="Terms">Those of the activity, as they were when it was started.</param>
/// <param name="EndsAt">GRP-06: never changes, whoever leads it.</param>
/// <param name="LeaderOrderId">Of who leads it now; null as long as nobody has paid.</param>
/// <param name="VirtualSeats">GRP-08: seats that count as filled though nobody sits there; 0 as a rule.</param>
/// <param name="Seq">Grows with whatever happens to it.</param>
/// <param name="ToldAt">When those in it were told that its end is near; null before that.</param>
public sealed record Group(
    string Id,
    string ActivityId,
    GroupBuyTerms Terms,
    GroupState State,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt,
    string? LeaderOrderId,
    int VirtualSeats,
    long Seq,
    DateTimeOffset? ToldAt = null);

/// <summary>Stored by name: never rename one.</summary>
public enum GroupState
{
    Forming,

    /// <summary>Final.</summary>
    Succeeded,

    /// <summary>Too few had paid at its end. Final.</summary>
    Failed,

    /// <summary>Nobody was left in it. Final.</summary>
    Cancelled,
}

/// <summary>What one order has of a group.</summary>
/// <param name="Until">While it is held: from then on another may take it.</param>
/// <param name="PriceFen">What one piece was priced at.</param>
/// <param name="NeedsNewcomer">Its price, or the rule of joining, is for newcomers alone.</param>
/// <param name="PaidAt">Null while it is held.</param>
/// <param name="Hops">Groups that its payment came too late for.</param>
public sealed record Seat(
    string OrderId,
    string MemberId,
    SeatState State,
    DateTimeOffset Until,
    string SkuId,
    int Quantity,
    long PriceFen,
    bool NeedsNewcomer,
    DateTimeOffset? PaidAt = null,
    int Hops = 0,
    string? SentTo = null);

/// <summary>Stored by name: never rename one.</summary>
public enum SeatState
{
    Held,
    Paid,

    /// <summary>Its order was cancelled. Final.</summary>
    Released,

    /// <summary>Nobody paid in time, and another has taken it; a late payment may still come.</summary>
    Lapsed,

    /// <summary>Paid, and left by the member. Final.</summary>
    Left,

    /// <summary>Paid too late: in another group, or on its way back. Final.</summary>
    TurnedAway,
}

/// <summary>Where a payment goes that came too late. One of them.</summary>
/// <param name="GroupId">Another group, or a new one; null when the money goes back.</param>
/// <param name="IsNew">The group is started by it.</param>
/// <param name="Reason">Why the money goes back, for the shopper.</param>
public sealed record LateWay(string? GroupId, bool IsNew, string? Reason);

/// <summary>What a decision about a group looks at: the group, its seats, and what is left of one order's.</summary>
/// <param name="Seats">Held or paid, as many as the group has at most.</param>
/// <param name="Gone">Of orders that have no seat any more: those that the decision is about.</param>
public sealed record GroupDesk(Group? Group, IReadOnlyList<Seat> Seats, IReadOnlyList<Seat> Gone)
{
    public IEnumerable<Seat> Paid => Seats.Where(seat => seat.State is SeatState.Paid);

    /// <summary>Seats that nobody has paid, or holds at this instant.</summary>
    public int Free(DateTimeOffset now) => Group!.Terms.Seats() - Seats.Count(seat => IsTaken(seat, now));

    public static bool IsTaken(Seat seat, DateTimeOffset now) => seat.State is SeatState.Paid || now < seat.Until;
}

/// <summary>What can happen in a group. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(SeatHeld), "seat-held")]
[JsonDerivedType(typeof(SeatPaid), "seat-paid")]
[JsonDerivedType(typeof(SeatReleased), "seat-released")]
[JsonDerivedType(typeof(SeatLapsed), "seat-lapsed")]
[JsonDerivedType(typeof(SeatLeft), "seat-left")]
[JsonDerivedType(typeof(SeatTurnedAway), "seat-turned-away")]
[JsonDerivedType(typeof(LeaderChanged), "leader-changed")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(ToldOfEnd), "told-of-end")]
public abstract record GroupEvent
{
    private GroupEvent()
    {
    }

    public sealed record Started(Group Group) : GroupEvent;

    public sealed record SeatHeld(Seat Seat) : GroupEvent;

    public sealed record SeatPaid(Seat Seat) : GroupEvent;

    public sealed record SeatReleased(string OrderId) : GroupEvent;

    /// <summary>Its time is over, and it makes room.</summary>
    public sealed record SeatLapsed(string OrderId) : GroupEvent;

    /// <summary>GRP-11.</summary>
    public sealed record SeatLeft(string OrderId, DealSettledV1 Outcome) : GroupEvent;

    /// <summary>GRP-03: a payment came too late; from here it goes one way.</summary>
    /// <param name="Sent">To which group; null when the money goes back.</param>
    /// <param name="Outcome">That the money goes back; null when it goes on.</param>
    public sealed record SeatTurnedAway(Seat Seat, SeatSentV1? Sent, DealSettledV1? Outcome) : GroupEvent;

    /// <summary>GRP-06.</summary>
    public sealed record LeaderChanged(string? OrderId) : GroupEvent;

    /// <summary>TCH-06: its end is near.</summary>
    /// <param name="Touches">One for each who has paid; none when it succeeds anyway.</param>
    public sealed record ToldOfEnd(IReadOnlyList<TouchPlannedV1> Touches, DateTimeOffset At) : GroupEvent;

    /// <summary>I16: the one end of the group.</summary>
    /// <param name="Outcomes">Of every paid seat: each order hears for itself.</param>
    public sealed record Ended(GroupState State, int VirtualSeats, IReadOnlyList<DealSettledV1> Outcomes) : GroupEvent;
}

/// <summary>A paid order comes to a group that it was not placed for.</summary>
/// <param name="IsNew">It starts the group.</param>
public sealed record SeatSentV1(string GroupId, string ActivityId, bool IsNew, Seat Seat);
