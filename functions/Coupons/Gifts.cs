using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Pond.Coupons;

/// <summary>CPN-08: a coupon on its way to a friend.</summary>
/// <param name="Coupon">As the friend gets it.</param>
/// <param name="Until">From then on nobody can take it.</param>
/// <param name="ToMemberId">Who took it; null for nobody.</param>
public sealed record Gift(
    string Id, string FromMemberId, Coupon Coupon, DateTimeOffset Until, GiftState State, string? ToMemberId = null);

/// <summary>Stored by name: never rename one.</summary>
public enum GiftState
{
    Open,
    Accepted,
    Cancelled,
    Lapsed,
}

/// <summary>What can happen to a gift. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record GiftEvent
{
    private GiftEvent()
    {
    }

    public sealed record Opened(Gift Gift) : GiftEvent;

    /// <summary>Taken, cancelled or too late: a gift has one end.</summary>
    public sealed record Ended(Gift Gift, DateTimeOffset At) : GiftEvent;
}

/// <summary>State after a fact. Pure.</summary>
public static class GiftFold
{
    public static Gift? Evolve(Gift? gift, GiftEvent fact) => fact switch
    {
        GiftEvent.Opened opened => opened.Gift,
        GiftEvent.Ended ended => ended.Gift,
        _ => throw new UnreachableException(),
    };
}
