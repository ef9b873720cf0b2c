using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>ORD-10, FUL-03: what a refund pays, and what it undoes. Pure.</summary>
public static class RefundPayRules
{
    /// <summary>A refund as it is paid: with its freight, and with what of it can be sold again.</summary>
    /// <param name="restocked">Numbers of lines; null for those that were not sent.</param>
    /// <param name="isNew">The shop has just made it, and knows how much freight it gives.</param>
    public static OrderRefund Final(
        Order order, OrderRefund refund, IReadOnlyList<int>? restocked, bool isNew)
    {
        var due = RefundShareRules.Freight(
            order, refund.Lines, other => other.Number != refund.Number && RefundShareRules.IsAgreed(other));
        var freight = isNew ? Math.Max(due, refund.FreightFen) : due;
        return refund with
        {
            State = RefundState.Refunding,
            RespondBy = null,
            FreightFen = freight,
            AmountFen = refund.Lines.Sum(line => line.AmountFen) + freight,
            Lines =
            [
                .. refund.Lines.Select(line => line with
                {
                    IsRestocked = restocked?.Contains(line.LineNumber)
                        ?? !RefundRules.IsSent(order, line.LineNumber),
                }),
            ],
        };
    }

    /// <summary>It is paid back, with everything that follows.</summary>
    /// <param name="refund">As it stands in the order: being paid back.</param>
    internal static OrderEvent PaidBack(Order order, OrderRefund refund, AfterSaleTerms terms, DateTimeOffset now)
    {
        var paid = refund with { State = RefundState.Refunded };
        var after = RefundFold.With(order, paid);
        var isWhole = IsWhole(after);
        var isAllSent = !isWhole && order.State is OrderState.Paid && order.Shipments.Count > 0
            && ShippingRules.ToSend(after).Count == 0;
        return new OrderEvent.PaidBack(
            paid,
            Undone(after, paid, isWhole, now),
            isWhole ? OrderState.Refunded : isAllSent ? OrderState.Shipped : order.State,
            isWhole ? null : isAllSent ? now + terms.Receipt : order.ReceiveBy,
            isAllSent ? ShippingRules.Upload(order) : null,
            isWhole ? DealRules.Move(order, DealMove.Refunded, now) : null,
            RewardRules.ValueOf(after, order.Payment!.At));
    }

    /// <summary>
    /// Whether all goods that were paid for are paid back. Freight that was really spent does not count: nothing of the
    /// order is left to anybody.
    /// </summary>
    public static bool IsWhole(Order order) => order.Cart.Lines.Where(line => !line.IsGift)
        .All(line => Kept(order, line) == 0);

    /// <summary>Pieces of a line that are not paid back.</summary>
    public static int Kept(Order order, PricedLine line) =>
        line.Quantity
        - RefundShareRules.Of(order, line.Number, refund => refund.State is RefundState.Refunded).Quantity;

    /// <summary>
    /// What is taken back and given back by now. What the order brought follows from the money that is left of it
    /// (ORD-10): so no way of splitting refunds leaves a point too much or too little.
    /// </summary>
    private static OrderRefundedV1 Undone(Order order, OrderRefund refund, bool isWhole, DateTimeOffset now)
    {
        var cart = order.Cart;
        OrderRefund[] paid = [.. order.Refunds.Where(one => one.State is RefundState.Refunded)];
        var (goods, terms) = (cart.GoodsPayFen(), RewardRules.EarningOf(order));
        var left = goods - paid.Sum(one => one.AmountFen - one.FreightFen);
        var gifts = RewardRules.GiftsOf(cart, line => line.Quantity);
        var held = RewardRules.GiftsOf(cart, line => Kept(order, line));
        return new OrderRefundedV1(
            order.Id,
            order.MemberId,
            refund.Number,
            cart.UsedPoints,
            ReturnedPoints: paid.Sum(one => one.Points),
            EarnedPoints: terms.PointsFor(goods),
            ReversedPoints: terms.PointsFor(goods) - terms.PointsFor(left),
            gifts.Points,
            ReversedGiftPoints: Math.Max(0, gifts.Points - held.Points),
            Growth: terms.GrowthFor(goods),
            ReversedGrowth: terms.GrowthFor(goods) - terms.GrowthFor(left),
            RevokedTemplateIds: Without(gifts.TemplateIds, held.TemplateIds),
            cart.CouponIds,
            cart.Uses,
            isWhole,
            refund.IsMerchantsFault,
            Restocked(order, refund),
            now);
    }

    // Two of the same coupon are two.
    private static List<string> Without(IReadOnlyList<string> all, IReadOnlyList<string> kept)
    {
        var rest = all.ToList();
        foreach (var one in kept) rest.Remove(one);
        return rest;
    }

    // Pieces go back to where they were taken from: after those that earlier refunds have put back.
    private static List<ReservedStock> Restocked(Order order, OrderRefund refund)
    {
        var restocked = new List<ReservedStock>();
        foreach (var (skuId, count) in PiecesBySku(order, [refund]))
        {
            var before = PiecesBySku(order, order.Refunds.Where(one =>
                one.State is RefundState.Refunded && one.Number != refund.Number)).GetValueOrDefault(skuId);
            var (skip, want) = (before, count);
            foreach (var part in order.Stock.Where(part => order.Deal is not null || part.SkuId == skuId))
            {
                var skipped = Math.Min(skip, part.Quantity);
                var taken = Math.Min(want, part.Quantity - skipped);
                (skip, want) = (skip - skipped, want - taken);
                if (taken > 0) restocked.Add(part with { Quantity = taken });
            }
        }

        return restocked;
    }

    private static Dictionary<string, int> PiecesBySku(Order order, IEnumerable<OrderRefund> refunds) => (
        from refund in refunds
        from line in refund.Lines
        where line.IsRestocked
        group line.Quantity by order.Cart.Lines.Single(one => one.Number == line.LineNumber).SkuId into pieces
        select pieces).ToDictionary(pieces => pieces.Key, pieces => pieces.Sum(), StringComparer.Ordinal);
}
