using System.Diagnostics;

namespace Pond.Orders;

/// <summary>From what happens to a paid order, to its state. Pure.</summary>
public static class RefundFold
{
    internal static Order Apply(Order order, OrderEvent fact) => fact switch
    {
        OrderEvent.RefundMoved { Before: null } asked => order with { Refunds = [.. order.Refunds, asked.Refund] },
        OrderEvent.RefundMoved moved => With(order, moved.Refund),
        OrderEvent.PaidBack paid => With(order, paid.Refund) with { State = paid.After, ReceiveBy = paid.ReceiveBy },
        OrderEvent.Sent sent => order with
        {
            State = sent.After,
            Shipments = [.. order.Shipments, sent.Shipment],
            ReceiveBy = sent.ReceiveBy,
        },
        OrderEvent.Received received => order with
        {
            State = OrderState.Completed,
            CompletedAt = received.At,
            ReceiveBy = null,
        },
        _ => throw new UnreachableException($"{order.Id} {fact}"),
    };

    internal static Order With(Order order, OrderRefund refund) => order with
    {
        Refunds = [.. order.Refunds.Select(one => one.Number == refund.Number ? refund : one)],
    };
}
