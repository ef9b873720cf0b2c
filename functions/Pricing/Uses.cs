using System.Text.Json.Serialization;
using Pond.Members;

namespace Pond.Pricing;

/// <summary>Uses of one promotion by all members.</summary>
/// <param name="SpentFen">What it took off the goods of those orders.</param>
public sealed record UseTotal(long Uses, long SpentFen)
{
    public static readonly UseTotal None = new(0, 0);
}

/// <summary>Uses of one promotion by one member.</summary>
public sealed record MemberUse(string PromotionId, int Count);

/// <summary>What one order holds.</summary>
/// <param name="Uses">Those that are counted here; none for an order that was released before it reserved.</param>
/// <param name="IsReleased">Given back, and never to be reserved again.</param>
public sealed record OrderUse(string OrderId, IReadOnlyList<PromotionUse> Uses, bool IsReleased);

/// <summary>How often one promotion may be used, as it is at present.</summary>
public sealed record UseWish(PromotionUse Use, UseLimits Limits);

/// <summary>What the uses of a promotion look at.</summary>
/// <param name="Order">Null when the order has neither reserved nor released.</param>
public sealed record UseCounter(UseTotal Total, OrderUse? Order);

/// <summary>What the uses of a member look at.</summary>
/// <param name="Counts">Of the promotions at hand.</param>
public sealed record MemberUses(MemberStanding? Member, IReadOnlyList<MemberUse> Counts, OrderUse? Order)
{
    public int CountOf(string promotionId) =>
        Counts.SingleOrDefault(count => count.PromotionId == promotionId)?.Count ?? 0;
}

/// <summary>What can happen to uses. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Reserved), "reserved")]
[JsonDerivedType(typeof(Released), "released")]
public abstract record UseEvent(OrderUse Order)
{
    public sealed record Reserved(OrderUse Order) : UseEvent(Order);

    /// <param name="Freed">What is free again: nothing for an order that had reserved nothing.</param>
    public sealed record Released(IReadOnlyList<PromotionUse> Freed, OrderUse Order) : UseEvent(Order);
}
