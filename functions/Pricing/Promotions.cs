using Pond.Products;

namespace Pond.Pricing;

/// <summary>A promotion that changes prices by itself, without a coupon.</summary>
/// <param name="Id">Sorts by the time of its creation.</param>
/// <param name="Version">1, 2, 3 … with every change.</param>
public sealed record PricePromotion(string Id, PromotionTerms Terms, PromotionState State, long Version)
{
    /// <summary>Whether it counts at the instant: published, and within its window.</summary>
    public bool IsLive(DateTimeOffset now) =>
        State is PromotionState.Published && Terms.StartsAt <= now && now < Terms.EndsAt;
}

/// <summary>What a promotion does, for what, when and for whom.</summary>
/// <param name="Scope">The goods that it is good for.</param>
/// <param name="StartsAt">The window is half-open.</param>
/// <param name="PromotionId">The promotion that opens and closes it, beside its own window; null for none.</param>
/// <param name="Price">Of <see cref="PromotionKind.LimitedTimePrice"/>; null for every other kind.</param>
/// <param name="Reduction">Of <see cref="PromotionKind.FullReduction"/>.</param>
/// <param name="Nth">Of <see cref="PromotionKind.NthItem"/>.</param>
/// <param name="Bundle">Of <see cref="PromotionKind.Bundle"/>.</param>
public sealed record PromotionTerms(
    string Name,
    PromotionKind Kind,
    GoodsScope Scope,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    PromotionAudience Audience,
    Stacking Stacking,
    UseLimits Limits,
    LimitedTimePrice? Price = null,
    FullReduction? Reduction = null,
    NthItem? Nth = null,
    Bundle? Bundle = null,
    string? PromotionId = null);

/// <summary>Stored by name: never rename one.</summary>
public enum PromotionKind
{
    /// <summary>Another price for a while (限时价).</summary>
    LimitedTimePrice,

    /// <summary>So much less, or something along, from so much on (满减, 满赠).</summary>
    FullReduction,

    /// <summary>Of every so many pieces one costs less (第二件半价).</summary>
    NthItem,

    /// <summary>Of so many pieces some are free (买2送1).</summary>
    Bundle,
}

/// <summary>Stored by name: never rename one.</summary>
public enum PromotionState
{
    Draft,
    Published,
    Paused,
    Ended,
}

/// <summary>Whom a promotion is for.</summary>
/// <param name="NewMembersOnly">Members who registered lately, as with coupons.</param>
/// <param name="LeastTierRank">Of their tier; null for any tier and none.</param>
public sealed record PromotionAudience(bool NewMembersOnly, int? LeastTierRank);

/// <summary>PRC-03: with what a promotion goes together.</summary>
/// <param name="Group">What others call it by; of one group only one counts for a line.</param>
/// <param name="Priority">Of equals the higher one is taken.</param>
/// <param name="IsExclusive">No other promotion counts for a cart with it, and no coupon unless it says so.</param>
/// <param name="StackableWith">
/// Groups that may count for the same line, if they say the same; <see cref="Coupons"/> lets coupons along with an
/// exclusive one.
/// </param>
public sealed record Stacking(string Group, int Priority, bool IsExclusive, IReadOnlyList<string> StackableWith)
{
    /// <summary>Coupons, as a group.</summary>
    public const string Coupons = "coupons";

    /// <summary>Whether coupons may be used beside it.</summary>
    public bool TakesCoupons => !IsExclusive || Names(Coupons);

    /// <summary>Whether both may count for one line.</summary>
    public bool GoesWith(Stacking other) =>
        !IsExclusive && !other.IsExclusive && Group != other.Group && Names(other.Group) && other.Names(Group);

    private bool Names(string group) => StackableWith.Contains(group, StringComparer.Ordinal);
}

/// <summary>How often a promotion can be used. Null anywhere means no such limit.</summary>
/// <param name="UsesMax">Orders in all.</param>
/// <param name="UsesPerMemberMax">Orders of one member.</param>
/// <param name="BudgetFen">What it takes off the goods of all orders together.</param>
public sealed record UseLimits(int? UsesMax, int? UsesPerMemberMax, long? BudgetFen)
{
    public static readonly UseLimits None = new(null, null, null);

    /// <summary>Whether uses have to be counted at all.</summary>
    public bool IsLimited => IsLimitedInAll || UsesPerMemberMax is not null;

    /// <summary>Whether they have to be counted over all members.</summary>
    public bool IsLimitedInAll => UsesMax is not null || BudgetFen is not null;
}

/// <summary>One of the two.</summary>
/// <param name="OffBp">Hundredths of a percent less.</param>
/// <param name="PriceFen">What one piece costs, unless it costs less already.</param>
public sealed record LimitedTimePrice(int? OffBp, long? PriceFen);

/// <summary>FUL-01, FUL-02: what so many goods bring.</summary>
/// <param name="IsEvery">The one step counts once for every so much.</param>
public sealed record FullReduction(IReadOnlyList<ReductionStep> Steps, bool IsEvery);

/// <summary>One step: so much for the goods at their price, or so many pieces; and what it brings.</summary>
/// <param name="LeastFen">Null when pieces are counted.</param>
/// <param name="LeastPieces">Null when money is counted.</param>
/// <param name="OffFen">0 for nothing.</param>
/// <param name="IsFreeShipping">The goods that count are sent for nothing.</param>
/// <param name="GiftSkuId">One piece of it comes along; null for none.</param>
/// <param name="Points">Given once paid.</param>
/// <param name="CouponTemplateIds">A coupon of each, once paid.</param>
public sealed record ReductionStep(
    long? LeastFen,
    int? LeastPieces,
    long OffFen,
    bool IsFreeShipping,
    string? GiftSkuId,
    long Points,
    IReadOnlyList<string> CouponTemplateIds)
{
    /// <summary>In fen or in pieces.</summary>
    public long Least() => LeastFen ?? LeastPieces ?? 0;
}

/// <summary>Of every <paramref name="Nth"/> pieces the cheapest costs less.</summary>
/// <param name="IsRepeated">Every so many; else once in an order.</param>
public sealed record NthItem(int Nth, int OffBp, bool IsRepeated);

/// <summary>Who takes so many and some more gets the cheapest of them for nothing.</summary>
/// <param name="IsRepeated">Every so many; else once in an order.</param>
public sealed record Bundle(int BuyPieces, int FreePieces, bool IsRepeated);
