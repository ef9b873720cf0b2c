namespace Pond.Pricing;

/// <summary>FUL-03: what promotions bring beyond money off. Pure.</summary>
public static class GiftRules
{
    /// <summary>What still holds of a gift when so many pieces are kept: never more than was given.</summary>
    /// <param name="lines">Of the order, as it was priced.</param>
    /// <param name="keptQuantity">Pieces of a line that are not sent back.</param>
    public static (long Points, IReadOnlyList<string> CouponTemplateIds) Held(
        PromotionGift gift, IReadOnlyList<PricedLine> lines, Func<PricedLine, int> keptQuantity)
    {
        PricedLine[] kept =
        [
            .. lines.Where(line => gift.LineNumbers.Contains(line.Number))
                .Select(line => line with { Quantity = keptQuantity(line) }),
        ];
        var (pieces, fen) = (kept.Sum(line => (long)line.Quantity), kept.Sum(line => line.PriceFen * line.Quantity));
        GiftStep[] steps = [.. gift.Steps.OrderBy(step => step.LeastFen ?? step.LeastPieces)];
        if (steps.LastOrDefault(step => step.LeastFen <= fen || step.LeastPieces <= pieces) is not { } held)
            return (0, []);

        var given = steps[^1];
        return (Math.Min(held.Points, given.Points), Common(held.CouponTemplateIds, given.CouponTemplateIds));
    }

    /// <summary>Points and coupons of a reduction with the steps below it; null when it brings none.</summary>
    public static PromotionGift? Of(Reduction reduction)
    {
        if (reduction.Step is not { } reached || (reached.Points == 0 && reached.CouponTemplateIds.Count == 0))
            return null;

        var terms = reduction.Promotion.Terms.Reduction!;
        IEnumerable<GiftStep> steps = terms.IsEvery
            ? Enumerable.Range(1, reduction.Times).Select(times => Step(reached, times))
            : terms.Steps.Where(step => step.Least() <= reached.Least()).OrderBy(step => step.Least())
                .Select(step => Step(step, 1));
        return new PromotionGift(reduction.Promotion.Id, reduction.LineNumbers, [.. steps]);
    }

    /// <summary>The goods that come along, by promotions and by coupons, as lines that cost nothing.</summary>
    public static IReadOnlyList<PricedLine> Lines(PricingInput input, Plan plan)
    {
        var wanted = plan.Selection.Reductions
            .Select(one => (one.Step?.GiftSkuId, one.Times))
            .Concat(plan.Coupons.Used.Select(fit => (fit.Coupon.Terms.Discount.GiftSkuId, Times: 1)));
        var lines = new List<PricedLine>();
        foreach (var (skuId, quantity) in wanted)
        {
            if (skuId is null || !input.GiftSkus.TryGetValue(skuId, out var sku)) continue;
            var number = plan.Lines.Count + lines.Count + 1;
            lines.Add(new PricedLine(
                number, sku.SkuId, sku.SpuId, sku.CategoryId, sku.Title, quantity, 0, 0, 0, 0, 0, 0, IsGift: true));
        }

        return lines;
    }

    private static GiftStep Step(ReductionStep step, int times) => new(
        step.LeastFen * times,
        step.LeastPieces * times,
        step.Points * times,
        [.. Enumerable.Repeat(step.CouponTemplateIds, times).SelectMany(ids => ids)]);

    private static List<string> Common(IEnumerable<string> ids, IEnumerable<string> others)
    {
        var (common, left) = (new List<string>(), others.ToList());
        foreach (var id in ids)
            if (left.Remove(id)) common.Add(id);
        return common;
    }
}
