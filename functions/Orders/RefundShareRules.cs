using Pond.Pricing;

namespace Pond.Orders;

/// <summary>ORD-05: what pieces of an order are worth, to the fen and to the point. Pure.</summary>
/// <remarks>
/// The share of so many pieces of a line is rounded down once, over all that were asked back so far. So the parts of
/// any split add up to what was paid, and no order of asking brings more.
/// </remarks>
public static class RefundShareRules
{
    /// <summary>Whether a refund has come to something, or still may.</summary>
    public static bool Counts(OrderRefund refund) =>
        refund.State is not (RefundState.Withdrawn or RefundState.Rejected or RefundState.GoodsRefused);

    /// <summary>Whether money is on its way back, or has come back.</summary>
    public static bool IsAgreed(OrderRefund refund) => refund.State is RefundState.Refunding or RefundState.Refunded;

    /// <summary>Whether it is not at its end yet.</summary>
    public static bool IsOpen(OrderRefund refund) => Counts(refund) && refund.State is not RefundState.Refunded;

    /// <summary>What the refunds that are meant have of a line.</summary>
    public static RefundLine Of(Order order, int lineNumber, Func<OrderRefund, bool> isMeant)
    {
        RefundLine[] lines =
        [
            .. order.Refunds.Where(isMeant).SelectMany(refund => refund.Lines)
                .Where(line => line.LineNumber == lineNumber),
        ];
        return new RefundLine(
            lineNumber, lines.Sum(line => line.Quantity), lines.Sum(line => line.AmountFen),
            lines.Sum(line => line.Points));
    }

    /// <summary>Pieces of a line that nobody has asked back.</summary>
    public static int Left(Order order, PricedLine line) => line.Quantity - Of(order, line.Number, Counts).Quantity;

    /// <summary>What further pieces of a line bring back.</summary>
    /// <param name="quantity">1 … those left.</param>
    public static RefundLine Share(Order order, PricedLine line, int quantity)
    {
        var asked = Of(order, line.Number, Counts);
        var until = asked.Quantity + quantity;
        return new RefundLine(
            line.Number,
            quantity,
            Further(line.PayFen(), until, line.Quantity, asked.AmountFen),
            Further(line.UsedPoints, until, line.Quantity, asked.Points));
    }

    /// <summary>
    /// Freight that goes back with a refund: all of it that has not gone back, with the last of an order of which
    /// nothing was ever sent.
    /// </summary>
    /// <param name="isMeant">The other refunds that count towards the whole.</param>
    public static long Freight(Order order, IReadOnlyList<RefundLine> lines, Func<OrderRefund, bool> isMeant)
    {
        var isWhole = order.Cart.Lines.Where(line => !line.IsGift).All(line =>
            Of(order, line.Number, isMeant).Quantity
            + lines.Where(one => one.LineNumber == line.Number).Sum(one => one.Quantity) == line.Quantity);
        return isWhole && order.Shipments.Count == 0 ? FreightLeft(order, isMeant) : 0;
    }

    /// <summary>Freight that was paid and is in none of the refunds that are meant.</summary>
    /// <remarks>Never less than nothing: the shop may give freight that another refund still asks for.</remarks>
    public static long FreightLeft(Order order, Func<OrderRefund, bool> isMeant) => Math.Max(
        0,
        order.Cart.FreightFen - order.Cart.FreightOffFen
            - order.Refunds.Where(isMeant).Sum(refund => refund.FreightFen));

    // A refund that came to nothing may have left its fen to a later one: never less than nothing.
    private static long Further(long whole, int quantity, int of, long before) =>
        Math.Max(0, (long)((Int128)whole * quantity / of) - before);
}
