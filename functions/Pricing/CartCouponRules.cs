using Pond.Coupons;
using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>PRC-02: the coupons of a cart: one for goods and one for freight at most. Pure.</summary>
public static class CartCouponRules
{
    /// <summary>The best for each, or exactly those that were asked for.</summary>
    /// <param name="lines">After every promotion.</param>
    /// <param name="freightFen">What is left of the freight.</param>
    /// <param name="areTaken">Whether the promotions let coupons along.</param>
    public static CouponChoice Choose(
        PricingInput input, IReadOnlyList<PricedLine> lines, long freightFen, bool areTaken)
    {
        var basket = new Basket([.. lines.SelectMany(Basket)], freightFen);
        CouponFit[] fits =
        [
            .. AdviceRules.Rank(input.Wallet, basket, input.RegisteredAt, input.Now)
                .Select(fit => Fit(input, fit, areTaken)),
        ];
        var perUse = fits.Where(fit => fit.WhyNot is null).ToLookup(IsForFreight);
        if (!input.AreCouponsGiven)
            return new CouponChoice([.. perUse[false].Take(1), .. perUse[true].Take(1)], fits, null);

        var why = fits.Select(fit => fit.WhyNot).FirstOrDefault(why => why is not null)
            ?? (perUse.Any(use => use.Count() > 1) ? PricingRefusals.CouponsTogether : null);
        return new CouponChoice(why is null ? fits : [], fits, why);
    }

    public static bool IsForFreight(Coupon coupon) => coupon.Terms.Discount.Kind is DiscountKind.FreeShipping;

    /// <summary>The lines with what a coupon takes off them.</summary>
    public static IReadOnlyList<PricedLine> Apply(IReadOnlyList<PricedLine> lines, CouponFit fit)
    {
        if (fit.DiscountFen == 0) return lines;
        var scope = fit.Coupon.Terms.Scope ?? CouponScope.All;
        PricedLine[] covered = [.. lines.Where(line => Basket(line).Any(scope.Covers))];
        var dearest = covered.OrderByDescending(DearestFen).ThenBy(line => line.Number).First();
        // What is off one piece is off its line alone.
        var isOnePiece = fit.Coupon.Terms.Discount.Kind is DiscountKind.FixedPrice or DiscountKind.Exchange;
        PricedLine[] bearing = isOnePiece ? [dearest] : covered;
        var shares = bearing.Zip(SplitRules.Split(fit.DiscountFen, [.. bearing.Select(line => line.PayFen())]))
            .ToDictionary(share => share.First.Number, share => share.Second);
        return
        [
            .. lines.Select(line => line with
            {
                CouponOffFen = line.CouponOffFen + shares.GetValueOrDefault(line.Number),
            }),
        ];
    }

    // A coupon counts whole pieces, so a line whose pieces do not cost the same to the fen is told as two.
    private static IEnumerable<BasketLine> Basket(PricedLine line)
    {
        var (each, dearer) = Math.DivRem(line.PayFen(), line.Quantity);
        var of = new BasketLine(line.SkuId, line.SpuId, line.CategoryId, each, line.Quantity - (int)dearer);
        return dearer == 0 ? [of] : [of, of with { PriceFen = each + 1, Quantity = (int)dearer }];
    }

    private static long DearestFen(PricedLine line) => Basket(line).Max(part => part.PriceFen);

    private static bool IsForFreight(CouponFit fit) => IsForFreight(fit.Coupon);

    private static CouponFit Fit(PricingInput input, CouponFit fit, bool areTaken)
    {
        var gift = fit.Coupon.Terms.Discount.GiftSkuId;
        var why = fit.WhyNot
            ?? (areTaken ? null : PricingRefusals.NoCoupons)
            ?? (gift is null || input.GiftSkus.ContainsKey(gift) ? null : PricingRefusals.GiftGone);
        return why is null ? fit : new CouponFit(fit.Coupon, why, ShortFen: fit.ShortFen);
    }
}

/// <param name="Used">Those that the order takes.</param>
/// <param name="Fits">All that were looked at.</param>
/// <param name="WhyNot">Why those that were asked for cannot be used as they were.</param>
public sealed record CouponChoice(
    IReadOnlyList<CouponFit> Used, IReadOnlyList<CouponFit> Fits, Refusal? WhyNot);
