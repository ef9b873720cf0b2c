using Pond.Coupons;
using Pond.Kernel;
using Pond.Products;
using Pond.Tiers;

namespace Pond.Pricing;

/// <summary>Everything that a price hangs on, gathered before it is reckoned.</summary>
/// <param name="Lines">In the order of their numbers: 1, 2, 3 …</param>
/// <param name="GiftSkus">Those of the gifts that can be had, by id.</param>
/// <param name="Promotions">In any order.</param>
/// <param name="Wallet">Coupons to choose from, or those that were asked for.</param>
/// <param name="AreCouponsGiven">Exactly those of the wallet are to be used.</param>
/// <param name="PointsWanted">To spend at most.</param>
/// <param name="PointsLeft">What the member has.</param>
/// <param name="ShippingsUsed">Free shippings of the tier that this month has seen.</param>
/// <param name="Freight">Templates by id.</param>
/// <param name="ProvinceCode">Where it goes; null for nowhere.</param>
public sealed record PricingInput(
    IReadOnlyList<CartLine> Lines,
    IReadOnlyDictionary<string, Sku> GiftSkus,
    IReadOnlyList<PromotionStanding> Promotions,
    IReadOnlyList<Coupon> Wallet,
    bool AreCouponsGiven,
    long PointsWanted,
    long PointsLeft,
    TierBenefits Tier,
    int ShippingsUsed,
    IReadOnlyDictionary<string, FreightTemplate> Freight,
    string? ProvinceCode,
    DateTimeOffset RegisteredAt,
    DateTimeOffset Now,
    PricingTerms Terms);

/// <summary>One wish with what the catalogue says of it.</summary>
public sealed record CartLine(Sku Sku, int Quantity);

/// <summary>A promotion and how far it is used up.</summary>
/// <param name="Uses">Orders that hold or have used it.</param>
/// <param name="SpentFen">What it took off their goods.</param>
/// <param name="MemberUses">The same of this member alone.</param>
/// <param name="Shut">Why what it belongs to is not open to this member now; or null.</param>
public sealed record PromotionStanding(
    PricePromotion Promotion, long Uses = 0, long SpentFen = 0, int MemberUses = 0, Refusal? Shut = null)
{
    /// <summary>What it can still take off; null for no limit.</summary>
    public long? BudgetLeftFen => Promotion.Terms.Limits.BudgetFen - SpentFen;
}

/// <summary>What the settings say of prices.</summary>
/// <param name="PointsPerFen">Points that are worth a fen.</param>
/// <param name="PointsShareMaxBp">The share of the goods that points can pay.</param>
/// <param name="PointsMax">Points of one order; 0 for no such limit.</param>
/// <param name="IsZeroPayAllowed">Whether points may pay everything.</param>
public sealed record PricingTerms(
    int PointsPerYuan,
    int GrowthPerYuan,
    int PointsPerFen,
    int PointsShareMaxBp,
    long PointsMax,
    bool IsZeroPayAllowed);

/// <summary>What a promotion takes off lines of a cart, and what else it brings.</summary>
/// <param name="LineNumbers">The lines that count.</param>
/// <param name="OffFen">Off each of them, in the same order.</param>
/// <param name="FreightOffFen">Off the freight if no other promotion frees it.</param>
/// <param name="Step">Of a full reduction; null for every other kind.</param>
/// <param name="Times">How often the step counts.</param>
public sealed record Reduction(
    PromotionStanding Standing,
    IReadOnlyList<int> LineNumbers,
    IReadOnlyList<long> OffFen,
    long FreightOffFen = 0,
    ReductionStep? Step = null,
    int Times = 1)
{
    public PricePromotion Promotion => Standing.Promotion;

    /// <summary>Off the goods.</summary>
    public long GoodsOffFen() => OffFen.Sum();

    /// <summary>What it is worth to the member, in money.</summary>
    public long WorthFen() => GoodsOffFen() + FreightOffFen;
}

/// <summary>What a promotion would do, or why it does nothing.</summary>
public readonly record struct Attempt(Reduction? Reduction, Refusal? WhyNot)
{
    public static implicit operator Attempt(Reduction reduction) => new(reduction, null);

    public static implicit operator Attempt(Refusal whyNot) => new(null, whyNot);
}
