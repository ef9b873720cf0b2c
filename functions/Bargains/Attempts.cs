using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Products;
using Pond.Touches;

namespace Pond.Bargains;

/// <summary>A member's wish to get the price of one piece down, with the help of friends.</summary>
/// <param name="Number">1, 2, 3 … of the member in this bargain.</param>
/// <param name="Terms">As they were when it began.</param>
/// <param name="Stock">Where the piece comes from.</param>
/// <param name="SharesBp">BRG-06: the draws that the plan was made of, one for each cut.</param>
/// <param name="Plan">BRG-01: every cut in fen, in the order in which they are made; drawn once.</param>
/// <param name="CutsMade">How many of them have been made: the price follows from that alone.</param>
/// <param name="Deadline">From then on nothing goes on in it.</param>
/// <param name="OrderId">The order that has its price now, or was paid.</param>
/// <param name="ToldAt">When its owner was told that its end is near; null before that.</param>
public sealed record Attempt(
    string Id,
    string ActivityId,
    string ActivityName,
    string MemberId,
    int Number,
    BargainTerms Terms,
    Allotment Stock,
    IReadOnlyList<int> SharesBp,
    IReadOnlyList<long> Plan,
    int CutsMade,
    AttemptState State,
    DateTimeOffset StartedAt,
    DateTimeOffset Deadline,
    string? OrderId = null,
    DateTimeOffset? ToldAt = null)
{
    /// <summary>What one piece costs now.</summary>
    [JsonIgnore]
    public long PriceFen => Terms.StartFen - Plan.Take(CutsMade).Sum();

    [JsonIgnore]
    public int CutsLeft => Plan.Count - CutsMade;

    /// <summary>D04: the clock decides, not the sweep that writes it down.</summary>
    public AttemptState StateAt(DateTimeOffset now) => IsWaiting && now >= Deadline ? AttemptState.Expired : State;

    /// <summary>Whether time can end it.</summary>
    [JsonIgnore]
    public bool IsWaiting => State is AttemptState.Open or AttemptState.FloorReached;

    /// <summary>Where it stands without an order.</summary>
    public AttemptState WithoutOrder(DateTimeOffset now) =>
        now >= Deadline ? AttemptState.Expired : CutsLeft == 0 ? AttemptState.FloorReached : AttemptState.Open;
}

/// <summary>BRG-04. Stored by name: never rename one.</summary>
public enum AttemptState
{
    Open,
    FloorReached,

    /// <summary>An order that is not paid has its price: no more cuts.</summary>
    Ordered,

    /// <summary>It was bought. Final.</summary>
    Done,

    /// <summary>Its time was over. Final.</summary>
    Expired,
}

/// <summary>One cut, and whose it was.</summary>
/// <param name="Number">1, 2, 3 … in the order of the plan.</param>
/// <param name="IsLargest">Whether the largest cut that was left came first, as a new member helped.</param>
public sealed record Help(string MemberId, int Number, long CutFen, bool IsLargest, DateTimeOffset At);

/// <summary>What an order has of an attempt. It has one row, so that of its ends only one can be.</summary>
/// <param name="PriceFen">What was frozen for it; 0 when it came to nothing before.</param>
public sealed record AttemptOrder(string OrderId, long PriceFen, AttemptOrderState State);

/// <summary>Stored by name: never rename one.</summary>
public enum AttemptOrderState
{
    Kept,

    /// <summary>Final: nothing is kept for it any more.</summary>
    Cancelled,

    /// <summary>Final.</summary>
    Paid,
}

/// <summary>What the rules of an attempt look at.</summary>
/// <param name="Helps">By the member who wants to help, or by an account of the same person.</param>
/// <param name="Order">What the order at hand has of it.</param>
public sealed record AttemptDesk(Attempt? Attempt, IReadOnlyList<Help> Helps, AttemptOrder? Order)
{
    public static AttemptDesk Evolve(AttemptDesk desk, AttemptEvent fact) => fact switch
    {
        AttemptEvent.Started started => desk with { Attempt = started.Attempt },
        AttemptEvent.Helped helped => desk with
        {
            Attempt = AttemptRules.Cut(desk.Attempt!, helped.Help),
            Helps = [.. desk.Helps, helped.Help],
        },
        AttemptEvent.HelpRefused => desk,
        AttemptEvent.ToldOfEnd told => desk with { Attempt = desk.Attempt! with { ToldAt = told.At } },
        AttemptEvent.OrderKept kept => desk with
        {
            Attempt = desk.Attempt! with { State = AttemptState.Ordered, OrderId = kept.OrderId },
            Order = new AttemptOrder(kept.OrderId, kept.PriceFen, AttemptOrderState.Kept),
        },
        AttemptEvent.OrderPaid paid => desk with
        {
            Attempt = desk.Attempt! with { State = AttemptState.Done, OrderId = paid.OrderId },
            Order = new AttemptOrder(paid.OrderId, desk.Order?.PriceFen ?? 0, AttemptOrderState.Paid),
        },
        AttemptEvent.OrderCancelled cancelled => desk with
        {
            Attempt = desk.Attempt!.State is AttemptState.Ordered && desk.Attempt.OrderId == cancelled.OrderId
                ? desk.Attempt with { State = desk.Attempt.WithoutOrder(cancelled.At), OrderId = null }
                : desk.Attempt,
            Order = new AttemptOrder(cancelled.OrderId, desk.Order?.PriceFen ?? 0, AttemptOrderState.Cancelled),
        },
        AttemptEvent.Expired => desk with { Attempt = desk.Attempt! with { State = AttemptState.Expired } },
        _ => throw new UnreachableException(),
    };
}

/// <summary>What can happen to an attempt. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Helped), "helped")]
[JsonDerivedType(typeof(HelpRefused), "help-refused")]
[JsonDerivedType(typeof(OrderKept), "order-kept")]
[JsonDerivedType(typeof(OrderPaid), "order-paid")]
[JsonDerivedType(typeof(OrderCancelled), "order-cancelled")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(ToldOfEnd), "told-of-end")]
public abstract record AttemptEvent(DateTimeOffset At)
{
    public sealed record Started(Attempt Attempt, DateTimeOffset At) : AttemptEvent(At);

    /// <param name="PriceFen">After it.</param>
    /// <param name="CutsLeft">After it.</param>
    public sealed record Helped(Help Help, long PriceFen, int CutsLeft, DateTimeOffset At) : AttemptEvent(At);

    /// <summary>A "no" for good to whoever was free to help: that day's right is theirs again.</summary>
    public sealed record HelpRefused(string Code, string MemberId, string HoldId, DateTimeOffset At)
        : AttemptEvent(At);

    /// <summary>I20: the price is frozen for an order.</summary>
    public sealed record OrderKept(string OrderId, long PriceFen, DateTimeOffset At) : AttemptEvent(At);

    public sealed record OrderPaid(string OrderId, DateTimeOffset At) : AttemptEvent(At);

    public sealed record OrderCancelled(string OrderId, DateTimeOffset At) : AttemptEvent(At);

    public sealed record Expired(DateTimeOffset At) : AttemptEvent(At);

    /// <summary>TCH-06: its end is near.</summary>
    public sealed record ToldOfEnd(TouchPlannedV1 Touch, DateTimeOffset At) : AttemptEvent(At);
}
