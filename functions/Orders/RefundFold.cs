using System.Diagnostics;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>What a paid order is after a fact. Pure.</summary>
public static class RefundFold
{
    public static Order Evolve(Order order, OrderEvent fact) => fact switch
    {
        OrderEvent.RefundMoved moved => Moved(order, moved),
        OrderEvent.PaidBack paid => PaidBack(order, paid),
        OrderEvent.ShipmentMade made => Made(order, made),
        OrderEvent.Received received => Logged(
            order with { State = OrderState.Completed, CompletedAt = received.At, ReceiveBy = null },
            order.State, received.At, received.Actor, "completed", detail: null),
        OrderEvent.PaybackWanted or OrderEvent.UploadWanted or OrderEvent.ByOperator => order,
        _ => throw new UnreachableException(),
    };

    private static Order Moved(Order order, OrderEvent.RefundMoved moved)
    {
        var refunds = moved.Before is null
            ? [.. order.Refunds, moved.Refund]
            : order.Refunds.Select(one => one.Number == moved.Refund.Number ? moved.Refund : one).ToArray();
        return Logged(
            order with { Refunds = refunds },
            order.State, moved.At, moved.Actor, $"refund-{ResponseJson.NameOf(moved.Refund.State)}",
            moved.Refund.RefundNo);
    }

    // That the refund is paid back stands in the log already; only a state of the order is more to say.
    private static Order PaidBack(Order order, OrderEvent.PaidBack paid) => paid.After == order.State
        ? order
        : Logged(
            order with { State = paid.After, ReceiveBy = paid.ReceiveBy },
            order.State, paid.Effects.At, OrderActors.System, ResponseJson.NameOf(paid.After), detail: null);

    private static Order Made(Order order, OrderEvent.ShipmentMade made) => Logged(
        order with
        {
            State = made.After,
            Shipments = [.. order.Shipments, made.Shipment],
            ReceiveBy = made.ReceiveBy,
        },
        order.State, made.Shipment.At, OrderActors.Operator(made.Shipment.OperatorId), "sent",
        made.Shipment.TrackingNo);

    private static Order Logged(
        Order order, OrderState before, DateTimeOffset at, string actor, string what, string? detail) =>
        order with { Log = [.. order.Log, new OrderLogEntry(at, actor, what, before, order.State, detail)] };
}
