using System.Globalization;
using Pond.Coupons;
using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>
/// PRC-02: list price → limited-time or tier price → reductions → freight → coupons → points → gifts. Pure: the same
/// input has the same output, in whatever order its promotions come.
/// </summary>
public static class PricingRules
{
    /// <summary>Exclusive promotions that are tried, each alone: the first by priority and id.</summary>
    public const int ExclusivesMax = 8;

    private const string ShippingPrefix = "tier-shipping:";

    /// <summary>A free shipping of a tier as a limited use, such as <c>tier-shipping:202603</c>.</summary>
    public static string ShippingUse(DateTimeOffset now) => ShippingPrefix
        + ChinaDay.Of(now).Date.ToString("yyyyMM", CultureInfo.InvariantCulture);

    public static bool IsShippingUse(string promotionId) =>
        promotionId.StartsWith(ShippingPrefix, StringComparison.Ordinal);

    /// <summary>The price, or why there is none.</summary>
    public static (PricedCart? Cart, Refusal? WhyNot) Price(PricingInput input)
    {
        if (FreightRules.WhyNot(input) is { } unsent) return (null, unsent);
        PromotionStanding[] usable =
            [.. BasePriceRules.Canonical(input.Promotions.Where(one => WhyNot(one, input) is null))];
        var exclusive = usable.ToLookup(one => one.Promotion.Terms.Stacking.IsExclusive);
        Plan[] plans =
        [
            PlanRules.Of(input, [.. exclusive[false]]),
            .. exclusive[true].Take(ExclusivesMax).Select(one => PlanRules.Of(input, [one])),
        ];
        var best = plans.FirstOrDefault(plan => plan.WhyNot is null);
        if (best is null) return (null, plans[0].WhyNot);

        foreach (var plan in plans.Where(plan => plan.WhyNot is null))
            if (IsBetter(plan, best, usable)) best = plan;
        return (Cart(input, best), null);
    }

    /// <summary>Why a promotion is not for this cart at all, or null.</summary>
    public static Refusal? WhyNot(PromotionStanding standing, PricingInput input)
    {
        var (terms, promotion) = (standing.Promotion.Terms, standing.Promotion);
        if (!promotion.IsLive(input.Now) || !input.Lines.Any(line => BasePriceRules.Covers(promotion, line.Sku)))
            return PromotionRefusals.NoGoods;
        if (standing.Shut is { } shut) return shut;
        if (terms.Audience.NewMembersOnly && !AdviceRules.IsNew(input.RegisteredAt, input.Now))
            return PromotionRefusals.NewMembersOnly;
        if (terms.Audience.LeastTierRank > input.Tier.Rank) return PromotionRefusals.TierTooLow;
        if (standing.Uses >= terms.Limits.UsesMax) return PromotionRefusals.UsesUp;
        if (standing.MemberUses >= terms.Limits.UsesPerMemberMax) return PromotionRefusals.MemberLimit;
        return standing.BudgetLeftFen <= 0 ? PromotionRefusals.BudgetSpent : null;
    }

    private static bool IsBetter(Plan plan, Plan best, IReadOnlyList<PromotionStanding> usable)
    {
        var byPrice = plan.PayableFen().CompareTo(best.PayableFen());
        return byPrice < 0
            || (byPrice == 0 && Selection.Order.Compare(Counting(plan, usable), Counting(best, usable)) < 0);
    }

    private static IEnumerable<PricePromotion> Counting(Plan plan, IEnumerable<PromotionStanding> usable) =>
        usable.Select(one => one.Promotion).Where(plan.Has);

    private static PricedCart Cart(PricingInput input, Plan plan)
    {
        var lines = DeductionRules.Deduct(
            plan.Lines, plan.FreightFen - plan.FreightOffFen, input.PointsWanted, input.PointsLeft, input.Terms);
        return new PricedCart(
            [.. lines, .. GiftRules.Lines(input, plan)],
            plan.FreightFen,
            plan.FreightOffFen,
            lines.Sum(line => line.UsedPoints),
            [.. plan.Coupons.Used.Select(fit => fit.Coupon.Id).Order(StringComparer.Ordinal)],
            Uses(input, plan),
            [.. plan.Selection.Reductions.Select(GiftRules.Of).OfType<PromotionGift>()],
            new EarnTerms(input.Terms.PointsPerYuan, input.Tier.PointsMultiplierBp, input.Terms.GrowthPerYuan),
            input.Tier,
            ExplainRules.Explain(input, plan));
    }

    private static IReadOnlyList<PromotionUse> Uses(PricingInput input, Plan plan)
    {
        var limited = BasePriceRules.Canonical(input.Promotions)
            .Where(one => one.Promotion.Terms.Limits.IsLimited && plan.Has(one.Promotion))
            .Select(one => new PromotionUse(one.Promotion.Id, ExplainRules.GoodsOffFen(plan, one.Promotion)));
        PromotionUse[] shipping = plan.TierShippingFen > 0
            ? [new PromotionUse(ShippingUse(input.Now), plan.TierShippingFen)]
            : [];
        return [.. limited, .. shipping];
    }
}
