using Pond.Kernel;
using Pond.Products;
using Pond.Tiers;

namespace Pond.Pricing;

/// <summary>
/// PRC-02: what one piece costs before anything else: the limited-time price or the tier's, whichever is less, and
/// never one on top of the other. Pure.
/// </summary>
public static class BasePriceRules
{
    /// <summary>The lines at their price, and what each limited-time price took off.</summary>
    /// <param name="limited">Limited-time prices that may count.</param>
    public static BasePrices Of(
        IReadOnlyList<CartLine> cart, IReadOnlyList<PromotionStanding> limited, TierBenefits tier)
    {
        PromotionStanding[] inOrder = [.. Canonical(limited).Where(one => IsInBudget(one, cart))];
        var (lines, savedFen, tierOffFen) = (new List<PricedLine>(), new Dictionary<string, long>(), 0L);
        foreach (var (sku, quantity) in cart)
        {
            var price = sku.PriceFen - new BasisPoints(tier.DiscountBp).Of(new Fen(sku.PriceFen)).Value;
            PromotionStanding? by = null;
            // Only a lower price takes the place of another: of equals the tier's, which uses nothing up.
            foreach (var one in inOrder.Where(one => Covers(one.Promotion, sku) && PriceOf(one, sku) < price))
                (price, by) = (PriceOf(one, sku), one);

            var offFen = (sku.PriceFen - price) * quantity;
            if (by is null) tierOffFen += offFen;
            else savedFen[by.Promotion.Id] = savedFen.GetValueOrDefault(by.Promotion.Id) + offFen;
            lines.Add(Line(lines.Count + 1, sku, quantity, price));
        }

        return new BasePrices(lines, savedFen, tierOffFen);
    }

    /// <summary>What one piece costs with a limited-time price.</summary>
    public static long PriceOf(PromotionStanding standing, Sku sku)
    {
        var price = standing.Promotion.Terms.Price!;
        return price.PriceFen is { } fen
            ? Math.Min(fen, sku.PriceFen)
            : sku.PriceFen - new BasisPoints(price.OffBp ?? 0).Of(new Fen(sku.PriceFen)).Value;
    }

    /// <summary>By priority, then by id: the order in which of equals the first is taken.</summary>
    public static IEnumerable<PromotionStanding> Canonical(IEnumerable<PromotionStanding> promotions) => promotions
        .OrderByDescending(one => one.Promotion.Terms.Stacking.Priority)
        .ThenBy(one => one.Promotion.Id, StringComparer.Ordinal);

    public static bool Covers(PricePromotion promotion, Sku sku) =>
        promotion.Terms.Scope.Covers(sku.CategoryId, sku.SpuId, sku.SkuId);

    /// <summary>Whether the budget bears all the lines that it covers.</summary>
    public static bool IsInBudget(PromotionStanding standing, IReadOnlyList<CartLine> cart) =>
        standing.BudgetLeftFen is not { } left
        || cart.Where(line => Covers(standing.Promotion, line.Sku))
            .Sum(line => (line.Sku.PriceFen - PriceOf(standing, line.Sku)) * line.Quantity) <= left;

    private static PricedLine Line(int number, Sku sku, int quantity, long priceFen) => new(
        number, sku.SkuId, sku.SpuId, sku.CategoryId, sku.Title, quantity, sku.PriceFen, priceFen, 0, 0, 0, 0);
}

/// <param name="SavedFen">Off the goods, by the id of each limited-time price that counts.</param>
/// <param name="TierOffFen">Off the goods for the tier.</param>
public sealed record BasePrices(
    IReadOnlyList<PricedLine> Lines, IReadOnlyDictionary<string, long> SavedFen, long TierOffFen);
