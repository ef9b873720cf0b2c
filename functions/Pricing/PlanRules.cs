using Pond.Coupons;
using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>PRC-02: one way to price a cart, up to points. Pure.</summary>
public static class PlanRules
{
    /// <summary>Goes through the steps with these promotions and no others.</summary>
    public static Plan Of(PricingInput input, IReadOnlyList<PromotionStanding> promotions)
    {
        var byKind = promotions.ToLookup(one => one.Promotion.Terms.Kind is PromotionKind.LimitedTimePrice);
        var prices = BasePriceRules.Of(input.Lines, [.. byKind[true]], input.Tier);
        var freightFen = FreightRules.Of(input, prices.Lines);
        var selection = StackingRules.Best(
            [.. byKind[false]],
            prices.Lines,
            (one, line) => BasePriceRules.Covers(one.Promotion, input.Lines[line.Number - 1].Sku),
            numbers => FreightRules.Off(input, prices.Lines, numbers));

        int[] free = [.. selection.Reductions
            .Where(one => one.Step is { IsFreeShipping: true }).SelectMany(one => one.LineNumbers)];
        var freightOffFen = FreightRules.Off(input, prices.Lines, free);
        var shippingFen = TierShipping(input, freightFen - freightOffFen);
        freightOffFen += shippingFen;

        var coupons = CartCouponRules.Choose(
            input, selection.Lines, freightFen - freightOffFen,
            promotions.All(one => one.Promotion.Terms.Stacking.TakesCoupons));
        return new Plan(
            prices,
            selection,
            coupons.Used.Aggregate(selection.Lines, CartCouponRules.Apply),
            freightFen,
            freightOffFen + coupons.Used.Sum(fit => fit.FreightOffFen),
            shippingFen,
            coupons);
    }

    // A coupon for freight that the member asks for comes first; a free shipping is of the month, and comes again.
    private static long TierShipping(PricingInput input, long freightFen)
    {
        var isLeft = input.ShippingsUsed < input.Tier.FreeShippingsPerMonth;
        var isCouponWanted = input.AreCouponsGiven && input.Wallet.Any(CartCouponRules.IsForFreight);
        return isLeft && !isCouponWanted ? freightFen : 0;
    }
}

/// <summary>A cart up to points.</summary>
/// <param name="Lines">After promotions and coupons.</param>
/// <param name="TierShippingFen">What a free shipping of the tier takes off; 0 when none is used.</param>
public sealed record Plan(
    BasePrices Prices,
    Selection Selection,
    IReadOnlyList<PricedLine> Lines,
    long FreightFen,
    long FreightOffFen,
    long TierShippingFen,
    CouponChoice Coupons)
{
    /// <summary>Why there is no such price.</summary>
    public Refusal? WhyNot => Coupons.WhyNot;

    public long PayableFen() => Lines.Sum(line => line.PayFen()) + FreightFen - FreightOffFen;

    /// <summary>Whether a promotion does anything in it.</summary>
    public bool Has(PricePromotion promotion) =>
        Prices.SavedFen.ContainsKey(promotion.Id)
        || Selection.Reductions.Any(one => one.Promotion.Id == promotion.Id);
}
