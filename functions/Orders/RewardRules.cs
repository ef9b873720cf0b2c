using Pond.Pricing;

namespace Pond.Orders;

/// <summary>What a paid order brings its member, by the goods that are kept. Pure.</summary>
public static class RewardRules
{
    /// <summary>All of it, with nothing refunded.</summary>
    public static OrderRewardsV1 Of(Order order, DateTimeOffset at)
    {
        var steps = order.Cart.Gifts
            .Select(gift => StepOf(gift, order.Cart.Lines, line => (line.PayFen(), line.Quantity)))
            .OfType<GiftStep>().ToArray();
        return new OrderRewardsV1(
            order.Id,
            order.MemberId,
            order.Cart.Earning.PointsFor(order.Cart.GoodsPayFen()),
            steps.Sum(step => step.Points),
            order.Cart.Earning.GrowthFor(order.Cart.GoodsPayFen()),
            [.. steps.SelectMany(step => step.CouponTemplateIds)],
            at);
    }

    /// <summary>FUL-03: the highest step that the goods reach, or null.</summary>
    /// <param name="kept">Of a line, what was paid for what is kept of it, and how many pieces that is.</param>
    public static GiftStep? StepOf(
        PromotionGift gift, IReadOnlyList<PricedLine> lines, Func<PricedLine, (long PaidFen, int Pieces)> kept)
    {
        var counting = lines.Where(line => gift.LineNumbers.Contains(line.Number)).Select(kept).ToArray();
        var (paidFen, pieces) = (counting.Sum(line => line.PaidFen), counting.Sum(line => line.Pieces));
        return gift.Steps.LastOrDefault(step =>
            (step.LeastFen is not { } fen || paidFen >= fen) && (step.LeastPieces is not { } least || pieces >= least));
    }
}
