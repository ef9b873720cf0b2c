using Pond.Coupons;
using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>PRC-06: what was considered, and why or why not. Pure.</summary>
public static class ExplainRules
{
    /// <summary>The tier as a promotion is called by this.</summary>
    public const string TierId = "tier";

    /// <summary>
    /// Promotions for goods of the cart by priority and id, then the tier, then coupons, the best first.
    /// </summary>
    public static IReadOnlyList<Explained> Explain(PricingInput input, Plan plan) =>
    [
        .. BasePriceRules.Canonical(input.Promotions)
            .Where(one => PricingRules.WhyNot(one, input)?.Code != PromotionRefusals.NoGoods.Code)
            .Select(one => Promotion(input, plan, one)),
        .. Tier(input, plan),
        .. plan.Coupons.Fits.Select(fit => Coupon(plan, fit)),
    ];

    /// <summary>What a promotion takes off the goods; 0 when it does not count.</summary>
    public static long GoodsOffFen(Plan plan, PricePromotion promotion) =>
        plan.Prices.SavedFen.GetValueOrDefault(promotion.Id)
        + plan.Selection.Reductions.Where(one => one.Promotion.Id == promotion.Id).Sum(one => one.GoodsOffFen());

    private static Explained Promotion(PricingInput input, Plan plan, PromotionStanding standing)
    {
        var promotion = standing.Promotion;
        if (!plan.Has(promotion)) return Not(promotion.Id, promotion.Terms.Name, WhyNot(input, plan, standing));

        var step = plan.Selection.Reductions.FirstOrDefault(one => one.Promotion.Id == promotion.Id)?.Step;
        var saved = GoodsOffFen(plan, promotion);
        string[] parts =
        [
            .. saved > 0 ? [$"已优惠 {new Fen(saved)}"] : (string[])[],
            .. step?.IsFreeShipping == true ? ["已包邮"] : (string[])[],
            .. step?.GiftSkuId is { } gift ? [input.GiftSkus.ContainsKey(gift) ? "已赠礼品" : "礼品已赠完"] : (string[])[],
            .. step?.Points > 0 || step?.CouponTemplateIds.Count > 0 ? ["支付后赠送权益"] : (string[])[],
        ];
        return new Explained(promotion.Id, promotion.Terms.Name, saved, string.Join('，', parts) + "。", null);
    }

    private static Refusal WhyNot(PricingInput input, Plan plan, PromotionStanding standing)
    {
        if (PricingRules.WhyNot(standing, input) is { } why) return why;
        if (standing.Promotion.Terms.Kind is not PromotionKind.LimitedTimePrice)
            return plan.Selection.TryAlone(standing).WhyNot ?? PromotionRefusals.NotBest;

        return BasePriceRules.IsInBudget(standing, input.Lines)
            ? PromotionRefusals.NotBest
            : PromotionRefusals.BudgetSpent;
    }

    private static IEnumerable<Explained> Tier(PricingInput input, Plan plan)
    {
        var name = input.Tier.Name ?? "会员";
        if (plan.Prices.TierOffFen is > 0 and var off)
            yield return new Explained(TierId, name, off, $"会员价已优惠 {new Fen(off)}。", null);
        if (plan.TierShippingFen is > 0 and var shipping)
        {
            yield return new Explained(
                PricingRules.ShippingUse(input.Now), name, shipping, $"会员包邮已优惠 {new Fen(shipping)}。", null);
        }
    }

    private static Explained Coupon(Plan plan, CouponFit fit)
    {
        var (coupon, saved) = (fit.Coupon, fit.SavedFen());
        var isUsed = plan.Coupons.Used.Any(used => used.Coupon.Id == coupon.Id);
        if (!isUsed) return Not(coupon.Id, coupon.Terms.Name, fit.WhyNot ?? PricingRefusals.CouponNotBest);
        return new Explained(
            coupon.Id, coupon.Terms.Name, saved, saved > 0 ? $"已优惠 {new Fen(saved)}。" : "已赠礼品。", null);
    }

    private static Explained Not(string id, string name, Refusal why) => new(id, name, 0, why.Message, why.Code);
}
