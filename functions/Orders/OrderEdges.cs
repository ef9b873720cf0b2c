using System.Collections.Frozen;

namespace Pond.Orders;

/// <summary>I9: the only moves that an order can make. Final states have none.</summary>
public static class OrderEdges
{
    /// <summary>From each state to the next ones.</summary>
    public static readonly FrozenDictionary<OrderState, OrderState[]> All = new Dictionary<OrderState, OrderState[]>
    {
        [OrderState.Placing] = [OrderState.AwaitingPayment, OrderState.Cancelled],
        [OrderState.AwaitingPayment] = [OrderState.Paid, OrderState.Closing, OrderState.Cancelled],
        [OrderState.Closing] = [OrderState.Paid, OrderState.Cancelled],
        [OrderState.Paid] = [OrderState.Shipped, OrderState.Refunded],
        [OrderState.Shipped] = [OrderState.Completed, OrderState.Refunded],
        [OrderState.Completed] = [OrderState.Refunded],
        [OrderState.Cancelled] = [],
        [OrderState.Refunded] = [],
    }.ToFrozenDictionary();

    /// <summary>Whether an order may go from one state to the other; staying is always allowed.</summary>
    public static bool Allow(OrderState before, OrderState after) => before == after || All[before].Contains(after);
}
