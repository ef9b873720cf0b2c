using Pond.Platform;

namespace Pond.Orders;

/// <summary>
/// <c>waiting-order:{orderId}</c>: stands while a paid order has a deadline, so that a sweep finds it among all
/// the others.
/// </summary>
public static class AfterSaleRows
{
    public const string WaitingPrefix = "waiting-order";

    /// <summary>The sweep of paid orders that have a deadline.</summary>
    public const string WaitingDue = "orders-waiting";

    internal static Load Load(string orderId) => new Load.One(Row(orderId));

    internal static IEnumerable<StateRow> Rows(Order order) =>
        NextLook(order) is { } at ? [new StateRow(Row(order.Id), new WaitingOrder(order.Id, at))] : [];

    internal static IEnumerable<Deadline> Due(Order order) =>
        NextLook(order) is { } at ? [new Deadline(WaitingDue, at)] : [];

    private static string Row(string orderId) => $"{WaitingPrefix}:{orderId}";

    // While a refund is open nothing counts as received; the fact that ends the refund leaves a new deadline.
    internal static DateTimeOffset? NextLook(Order order) =>
        order.Refunds.Where(RefundShareRules.IsOpen).Select(refund => refund.RespondBy)
            .Append(
                order.State is OrderState.Shipped && !order.Refunds.Any(RefundShareRules.IsOpen)
                    ? order.ReceiveBy
                    : null)
            .Min();
}

/// <summary>A paid order on which somebody has to act.</summary>
public sealed record WaitingOrder(string OrderId, DateTimeOffset At);
