using System.ComponentModel.DataAnnotations;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Products;
using Pond.Promotions;

namespace Pond.Pricing;

/// <summary>What marketing says of a promotion, when it drafts one and when it changes the draft.</summary>
public sealed record PromotionRequest
{
    [Text(1, 40)]
    public required string Name { get; init; }

    public required PromotionKind Kind { get; init; }

    /// <summary>Good for the goods of these categories; with neither this nor the next two, for all.</summary>
    [GoodsIds]
    public IReadOnlyList<string>? CategoryIds { get; init; }

    [GoodsIds]
    public IReadOnlyList<string>? SpuIds { get; init; }

    [GoodsIds]
    public IReadOnlyList<string>? SkuIds { get; init; }

    /// <summary>Categories, SPUs and SKUs that it is never good for.</summary>
    [GoodsIds]
    public IReadOnlyList<string>? ExcludedIds { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Whether only members who registered lately take part.</summary>
    public bool NewMembersOnly { get; init; }

    /// <summary>The lowest rank of a tier that takes part; all when null.</summary>
    [Whole(0, int.MaxValue)]
    public int? LeastTierRank { get; init; }

    [Inner]
    public StackingBody? Stacking { get; init; }

    /// <summary>Orders that can use it in all.</summary>
    [Whole(1, PromotionRules.UsesMax)]
    public int? UsesMax { get; init; }

    /// <summary>Orders of one member that can.</summary>
    [Whole(1, PromotionRules.UsesPerMemberMax)]
    public int? UsesPerMemberMax { get; init; }

    /// <summary>What it takes off the goods of all orders together.</summary>
    [Whole(1, PromotionRules.BudgetFenMax)]
    public long? BudgetFen { get; init; }

    /// <summary>For <c>limitedTimePrice</c>: hundredths of a percent less.</summary>
    [Whole(1, PromotionRules.OffBpMax)]
    public int? OffBp { get; init; }

    /// <summary>For <c>limitedTimePrice</c>, in place of a share: what one piece costs.</summary>
    [Whole(1, PromotionRules.FenMax)]
    public long? PriceFen { get; init; }

    /// <summary>For <c>fullReduction</c>: from the lowest up.</summary>
    [Items(1, PromotionRules.StepsMax)]
    public IReadOnlyList<StepBody>? Steps { get; init; }

    /// <summary>For <c>fullReduction</c>: its one step counts once for every so much.</summary>
    public bool IsEvery { get; init; }

    [Inner]
    public NthBody? Nth { get; init; }

    [Inner]
    public BundleBody? Bundle { get; init; }

    /// <summary>The promotion that opens and closes it, beside its own window; null for none.</summary>
    [PromotionId]
    public string? PromotionId { get; init; }

    /// <summary>The terms that it asks for.</summary>
    public PromotionTerms Terms() => new(
        Name,
        Kind,
        new GoodsScope(CategoryIds, SpuIds, SkuIds, ExcludedIds),
        StartsAt,
        EndsAt,
        new PromotionAudience(NewMembersOnly, LeastTierRank),
        (Stacking ?? new StackingBody()).ToStacking(),
        new UseLimits(UsesMax, UsesPerMemberMax, BudgetFen),
        OffBp is null && PriceFen is null ? null : new LimitedTimePrice(OffBp, PriceFen),
        Steps is null ? null : new FullReduction([.. Steps.Select(step => step.ToStep())], IsEvery),
        Nth is null ? null : new NthItem(Nth.Nth, Nth.OffBp, Nth.IsRepeated),
        Bundle is null ? null : new Bundle(Bundle.BuyPieces, Bundle.FreePieces, Bundle.IsRepeated),
        PromotionId);
}

/// <summary>With what a promotion goes together, as operators write it.</summary>
public sealed record StackingBody : IValidatableObject
{
    /// <summary>What others call it by.</summary>
    [Text(1, PromotionRules.GroupCharsMax)]
    public string Group { get; init; } = "default";

    /// <summary>Of equals the higher one is taken.</summary>
    [Whole(0, PromotionRules.PriorityMax)]
    public int Priority { get; init; }

    /// <summary>No other promotion counts with it, and no coupon unless it names the group <c>coupons</c>.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Groups that may count for the same goods, if they say the same.</summary>
    [Length(0, PromotionRules.GroupsMax, ErrorMessage = "最多 10 个")]
    public IReadOnlyList<string> StackableWith { get; init; } = [];

    public Stacking ToStacking() => new(Group, Priority, IsExclusive, StackableWith);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!StackableWith.All(group => group?.Length is >= 1 and <= PromotionRules.GroupCharsMax))
            yield return new ValidationResult("含有无效的叠加组", [nameof(StackableWith)]);
    }
}

/// <summary>A step, as operators write it.</summary>
public sealed record StepBody : IValidatableObject
{
    /// <summary>So much for goods at their price; or, in its place, so many pieces.</summary>
    [Whole(1, PromotionRules.FenMax)]
    public long? LeastFen { get; init; }

    [Whole(1, PromotionRules.PiecesMax)]
    public int? LeastPieces { get; init; }

    [Whole(0, PromotionRules.FenMax)]
    public long OffFen { get; init; }

    public bool IsFreeShipping { get; init; }

    [GoodsId]
    public string? GiftSkuId { get; init; }

    [Whole(0, PromotionRules.PointsMax)]
    public long Points { get; init; }

    [Length(0, PromotionRules.CouponsPerStepMax, ErrorMessage = "最多 3 个")]
    public IReadOnlyList<string> CouponTemplateIds { get; init; } = [];

    public ReductionStep ToStep() => new(
        LeastFen, LeastPieces, OffFen, IsFreeShipping, GiftSkuId, Points, CouponTemplateIds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CouponTemplateIds.All(Ids.IsId))
            yield return new ValidationResult("含有无效的优惠券编号", [nameof(CouponTemplateIds)]);
    }
}

/// <summary>Of every so many pieces the cheapest costs less.</summary>
public sealed record NthBody
{
    [Whole(2, PromotionRules.NthMax)]
    public required int Nth { get; init; }

    /// <summary>Hundredths of a percent less: 5000 is half.</summary>
    [Whole(1, PromotionRules.OffBpMax)]
    public required int OffBp { get; init; }

    public required bool IsRepeated { get; init; }
}

/// <summary>Of so many pieces the cheapest are free.</summary>
public sealed record BundleBody
{
    [Whole(1, PromotionRules.NthMax)]
    public required int BuyPieces { get; init; }

    [Whole(1, PromotionRules.NthMax)]
    public required int FreePieces { get; init; }

    public required bool IsRepeated { get; init; }
}
