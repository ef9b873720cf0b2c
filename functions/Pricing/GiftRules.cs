namespace Pond.Pricing;

/// <summary>FUL-03: what a promotion brings, by the goods that are kept. Pure.</summary>
public static class GiftRules
{
    public static (long Points, IReadOnlyList<string> CouponTemplateIds) Held(
        PromotionGift gift, IReadOnlyList<PricedLine> lines, Func<PricedLine, int> keptQuantity)
    {
        PricedLine[] counted = [.. lines.Where(line => gift.LineNumbers.Contains(line.Number))];
        var pieces = counted.Sum(keptQuantity);
        var fen = counted.Sum(line => line.PayFen() * keptQuantity(line) / line.Quantity);
        var step = gift.Steps.LastOrDefault(one => pieces > 0 && fen >= (one.LeastFen ?? 0) && pieces >= (one.LeastPieces ?? 0));
        return step is null ? (0, []) : (step.Points, step.CouponTemplateIds);
    }
}
