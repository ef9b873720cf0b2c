using Pond.Members;

namespace Pond.Orders;

/// <summary>What a decision about an order looks at.</summary>
/// <param name="Member">The account that it lies with.</param>
/// <param name="Order">Null when there is none of this id.</param>
/// <param name="OpenOrders">The account's orders that are open; counted only where a limit asks for it.</param>
public sealed record OrderDesk(MemberStanding? Member, Order? Order, int OpenOrders = 0);

/// <summary>From fact to state. Pure.</summary>
public static class OrderFold
{
    /// <exception cref="InvalidOperationException">A rule moves an order where no edge leads (I9).</exception>
    public static OrderDesk Evolve(OrderDesk desk, OrderEvent fact)
    {
        var after = Apply(desk.Order, fact);
        var before = desk.Order?.State ?? after.State;
        if (!OrderEdges.Allow(before, after.State))
            throw new InvalidOperationException($"No edge leads from {before} to {after.State}.");

        var line = fact.Line();
        var entry = new OrderLogEntry(line.At, line.Actor, line.What, before, after.State, line.Detail);
        return desk with { Order = after with { Log = [.. after.Log, entry] } };
    }

    private static Order Apply(Order? order, OrderEvent fact) => fact switch
    {
        OrderEvent.Placed placed => placed.Order,
        OrderEvent.Reserved reserved => order! with { State = OrderState.AwaitingPayment, Stock = reserved.Stock },
        OrderEvent.PaymentBegun begun => order! with { Attempts = [.. order.Attempts, begun.Attempt] },
        OrderEvent.AttemptClosed closed => order!.Closed(closed.OutTradeNo),
        OrderEvent.Paid paid => order!.Closed(paid.Money.OutTradeNo) with
        {
            State = OrderState.Paid,
            Payment = paid.Money,
            Closing = null,
            Deal = order!.Deal is { Waits: false } deal ? deal with { State = DealState.Fulfilled } : order.Deal,
        },
        OrderEvent.StrayPaid stray => order!.Closed(stray.Money.OutTradeNo) with
        {
            Strays = [.. order!.Strays, stray.Money],
        },
        OrderEvent.ClosingBegun closing => order! with { State = OrderState.Closing, Closing = closing.Why },
        OrderEvent.Cancelled cancelled => order! with
        {
            State = OrderState.Cancelled,
            Closing = null,
            Cancelled = cancelled.Why,
            Deal = order!.Deal is { } deal ? deal with { State = DealState.Failed } : null,
        },
        OrderEvent.DealFulfilled or OrderEvent.DealFailed or OrderEvent.RebatePaid => DealRules.Apply(order!, fact),
        _ => RefundFold.Apply(order!, fact),
    };

    private static Order Closed(this Order order, string? outTradeNo) => order with
    {
        Attempts =
        [
            .. order.Attempts.Select(
                attempt => attempt.OutTradeNo == outTradeNo ? attempt with { IsClosed = true } : attempt),
        ],
    };
}
