using Pond.Pricing;

namespace Pond.Orders;

/// <summary>What a paid order brings its member, by the goods that are kept. Pure.</summary>
public static class RewardRules
{
    /// <summary>All of it, with nothing refunded.</summary>
    public static OrderRewardsV1 Of(Order order, DateTimeOffset at)
    {
        var gifts = GiftsOf(order.Cart, line => line.Quantity);
        return new OrderRewardsV1(
            order.Id,
            order.MemberId,
            order.Cart.Earning.PointsFor(order.Cart.GoodsPayFen()),
            gifts.Points,
            order.Cart.Earning.GrowthFor(order.Cart.GoodsPayFen()),
            gifts.TemplateIds,
            at);
    }

    /// <summary>What its goods are worth; null while that hangs on a deal, and of goods that cost no money.</summary>
    /// <param name="order">With what was paid back so far.</param>
    public static OrderValuedV1? ValueOf(Order order, DateTimeOffset paidAt)
    {
        var goods = order.Cart.GoodsPayFen();
        if (goods == 0 || order.Deal is { Waits: true, State: not DealState.Fulfilled }) return null;
        OrderRefund[] refunds = [.. order.Refunds.Where(refund => refund.State is RefundState.Refunded)];
        var refunded = refunds.Sum(refund => refund.AmountFen - refund.FreightFen);
        return new OrderValuedV1(
            order.Id, order.MemberId, goods, refunded, paidAt, [.. GoodsOf(order.Cart, refunds)]);
    }

    // REP-03: what was a gift, or cost nothing, is no purchase.
    private static IEnumerable<GoodsBoughtV1> GoodsOf(PricedCart cart, OrderRefund[] refunds)
    {
        var back = refunds.SelectMany(refund => refund.Lines).ToLookup(line => line.LineNumber, line => line.Quantity);
        return
            from line in cart.Lines
            where !line.IsGift && line.PayFen() > 0
            group line by line.SkuId into same
            select new GoodsBoughtV1(
                same.Key, same.First().Title, same.Sum(line => line.Quantity - back[line.Number].Sum()));
    }

    /// <summary>What its money brings: nothing as long as what it is part of has not come about.</summary>
    public static EarnTerms EarningOf(Order order) => order.Deal is { Waits: true, State: not DealState.Fulfilled }
        ? order.Cart.Earning with { PointsPerYuan = 0, GrowthPerYuan = 0 }
        : order.Cart.Earning;

    /// <summary>FUL-03: what promotions bring beyond money off.</summary>
    /// <param name="keptQuantity">Pieces of a line that are not sent back.</param>
    public static (long Points, IReadOnlyList<string> TemplateIds) GiftsOf(
        PricedCart cart, Func<PricedLine, int> keptQuantity)
    {
        var gifts = cart.Gifts.Select(gift => GiftRules.Held(gift, cart.Lines, keptQuantity)).ToArray();
        return (gifts.Sum(gift => gift.Points), [.. gifts.SelectMany(gift => gift.CouponTemplateIds)]);
    }
}
