using Pond.Coupons;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Pricing;

/// <summary>Whether a cart can be ordered at all. Pure.</summary>
public static class CartRules
{
    /// <summary>Why not, or null: every SKU is there and on sale, and none is wanted too often.</summary>
    public static Refusal? WhyNot(IReadOnlyList<QuoteLine> lines, IReadOnlyDictionary<string, Sku> skus)
    {
        foreach (var line in lines)
        {
            if (!skus.TryGetValue(line.SkuId, out var sku)) return PricingRefusals.GoodsMissing;
            if (!sku.IsOnSale) return PricingRefusals.OffSale with { Message = $"「{sku.Title}」已下架。" };
            if (line.Quantity > sku.PerOrderMax)
            {
                return PricingRefusals.PerOrderMax with
                {
                    Message = $"「{sku.Title}」每单限购 {sku.PerOrderMax} 件。",
                };
            }
        }

        return null;
    }

    /// <summary>What may come along.</summary>
    public static IReadOnlyCollection<string> GiftSkuIds(
        IEnumerable<PricePromotion> promotions, IEnumerable<Coupon> coupons) =>
    [
        .. promotions.SelectMany(one => one.Terms.Reduction?.Steps ?? []).Select(step => step.GiftSkuId)
            .Concat(coupons.Select(coupon => coupon.Terms.Discount.GiftSkuId))
            .OfType<string>().Distinct(StringComparer.Ordinal),
    ];
}
