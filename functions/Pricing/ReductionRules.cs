using System.Diagnostics;
using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>FUL-02, FUL-04: what one promotion takes off lines of a cart. Pure.</summary>
public static class ReductionRules
{
    /// <summary>How often a step counts at most, where it counts for every so much.</summary>
    public const int TimesMax = 100;

    /// <summary>Counts the lines at their price, and takes off no more than they have left.</summary>
    /// <param name="lines">Those that the promotion may count.</param>
    /// <param name="freightOff">What the freight is less when lines are sent for nothing.</param>
    public static Attempt Try(
        PromotionStanding standing,
        IReadOnlyList<PricedLine> lines,
        Func<IReadOnlyList<int>, long> freightOff)
    {
        if (lines.Count == 0) return PromotionRefusals.NoGoods;
        var terms = standing.Promotion.Terms;
        var attempt = terms.Kind switch
        {
            PromotionKind.FullReduction => Full(standing, terms.Reduction!, lines, freightOff),
            PromotionKind.NthItem => Pieces(
                standing, lines, terms.Nth!.Nth, 1, terms.Nth.OffBp, terms.Nth.IsRepeated),
            PromotionKind.Bundle => Pieces(
                standing, lines, terms.Bundle!.BuyPieces + terms.Bundle.FreePieces, terms.Bundle.FreePieces,
                BasisPoints.Whole.Value, terms.Bundle.IsRepeated),
            _ => throw new UnreachableException(),
        };
        return attempt.Reduction?.GoodsOffFen() > standing.BudgetLeftFen ? PromotionRefusals.BudgetSpent : attempt;
    }

    /// <summary>The goods as a step counts them: in fen at their price, or in pieces.</summary>
    public static long Measure(ReductionStep step, IEnumerable<PricedLine> lines) =>
        lines.Sum(line => step.LeastFen is null ? line.Quantity : line.PriceFen * line.Quantity);

    private static Attempt Full(
        PromotionStanding standing,
        FullReduction reduction,
        IReadOnlyList<PricedLine> lines,
        Func<IReadOnlyList<int>, long> freightOff)
    {
        ReductionStep[] steps = [.. reduction.Steps.OrderBy(step => step.Least())];
        ReductionStep[] reached = [.. steps.Where(step => step.Least() <= Measure(step, lines))];
        if (reached.Length == 0) return Missing(steps[0], lines);

        // What is worth most counts, and of equals the highest step.
        var best = reached
            .Select(step => Take(standing, reduction, step, lines, freightOff))
            .Where(each => each.WorthFen() > 0 || BringsMore(each.Step!))
            .OrderBy(each => each.WorthFen()).ThenBy(each => each.Step!.Least()).LastOrDefault();
        return best is null ? PromotionRefusals.NoBenefit : best;
    }

    private static Reduction Take(
        PromotionStanding standing,
        FullReduction reduction,
        ReductionStep step,
        IReadOnlyList<PricedLine> lines,
        Func<IReadOnlyList<int>, long> freightOff)
    {
        var times = reduction.IsEvery ? (int)Math.Min(Measure(step, lines) / step.Least(), TimesMax) : 1;
        long[] left = [.. lines.Select(line => line.PayFen())];
        int[] numbers = [.. lines.Select(line => line.Number)];
        var off = SplitRules.Split(Math.Min(step.OffFen * times, left.Sum()), left);
        return new Reduction(standing, numbers, off, step.IsFreeShipping ? freightOff(numbers) : 0, step, times);
    }

    private static bool BringsMore(ReductionStep step) =>
        step.GiftSkuId is not null || step.Points > 0 || step.CouponTemplateIds.Count > 0;

    // Of every so many pieces the cheapest ones cost less.
    private static Attempt Pieces(
        PromotionStanding standing,
        IReadOnlyList<PricedLine> lines,
        int every,
        int count,
        int offBp,
        bool isRepeated)
    {
        var pieces = lines.Sum(line => line.Quantity);
        if (pieces < every)
            return PromotionRefusals.BelowThreshold with { Message = $"还差 {every - pieces} 件可享优惠。" };

        var cheaper = (isRepeated ? pieces / every : 1) * count;
        var off = new Dictionary<int, long>();
        foreach (var line in lines.OrderBy(line => line.PriceFen).ThenBy(line => line.Number))
        {
            var of = Math.Min(cheaper, line.Quantity);
            var each = new BasisPoints(offBp).Of(new Fen(line.PriceFen)).Value;
            off[line.Number] = Math.Min(each * of, line.PayFen());
            cheaper -= of;
        }

        if (off.Values.Sum() == 0) return PromotionRefusals.NoBenefit;
        return new Reduction(
            standing, [.. lines.Select(line => line.Number)], [.. lines.Select(line => off[line.Number])]);
    }

    private static Refusal Missing(ReductionStep lowest, IReadOnlyList<PricedLine> lines)
    {
        var more = lowest.Least() - Measure(lowest, lines);
        var text = lowest.LeastFen is null ? $"还差 {more} 件可享优惠。" : $"还差 {new Fen(more)} 可享优惠。";
        return PromotionRefusals.BelowThreshold with { Message = text };
    }
}
