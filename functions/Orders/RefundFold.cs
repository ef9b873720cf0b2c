using System.Diagnostics;

namespace Pond.Orders;

/// <summary>From what happens to a paid order, to its state. Pure.</summary>
public static class RefundFold
{
    internal static Order Apply(Order order, OrderEvent fact) => fact switch
    {
        _ => throw new UnreachableException($"{order.Id} {fact}"),
    };
}
