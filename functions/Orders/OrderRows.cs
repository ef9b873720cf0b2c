using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>Rows in the member's partition, beside its head.</summary>
/// <remarks>
/// <c>order:{orderId}</c> the orders, the newest first · <c>open-order:{orderId}</c> stands while an order is neither
/// paid nor cancelled: it counts against a limit, is in the way of a merge, and lets a sweep find the order ·
/// for paid orders see <see cref="AfterSaleRows"/>.
/// </remarks>
public static class OrderRows
{
    public const string Prefix = "order";
    public const string OpenPrefix = "open-order";

    /// <summary>The sweep of orders whose placing was interrupted.</summary>
    public const string PlacingDue = "orders-placing";

    /// <summary>The sweep of orders that are to be paid by a certain time.</summary>
    public const string PaymentDue = "orders-payment";

    /// <summary>A member with an open order pays or cancels it before a merge.</summary>
    public static readonly MergeObstacle InTheWayOfMerges = new(
        new Load.First(OpenPrefix), rows => rows.Under<OpenOrder>(OpenPrefix).Count > 0, OrderRefusals.Open);

    public static string Row(string orderId) => $"{Prefix}:{orderId}";

    /// <summary>One order of a member.</summary>
    public static Layout<OrderDesk, OrderEvent> Of(string memberId, string orderId) => new(
        MemberRows.Partition(memberId),
        MemberRows.Head,
        [new Load.One(Row(orderId)), new Load.One(OpenRow(orderId)), AfterSaleRows.Load(orderId)],
        Read: rows => new OrderDesk(
            MemberStanding.In(rows), rows.Find<Order>(Row(orderId)), rows.Under<OpenOrder>(OpenPrefix).Count),
        Write: Rows,
        Evolve: OrderFold.Evolve,
        Announce: fact => fact.IsListed()
            ? [.. fact.Messages(), OrderMessages.Moved(new OrderMovedV1(orderId, memberId))]
            : fact.Messages(),
        Due: Due);

    /// <summary>A new order, with a look at those that are open already.</summary>
    public static Layout<OrderDesk, OrderEvent> New(string memberId, string orderId) =>
        Of(memberId, orderId) with { Looks = [new Load.Under(OpenPrefix)] };

    private static string OpenRow(string orderId) => $"{OpenPrefix}:{orderId}";

    private static IEnumerable<StateRow> Rows(OrderDesk desk)
    {
        if (desk.Order is not { } order) yield break;
        yield return new StateRow(Row(order.Id), order);
        if (order.IsOpen()) yield return new StateRow(OpenRow(order.Id), new OpenOrder(order.Id));
        foreach (var row in AfterSaleRows.Rows(order)) yield return row;
    }

    private static IEnumerable<Deadline> Due(OrderDesk desk) => desk.Order switch
    {
        { State: OrderState.Placing } order => [new Deadline(PlacingDue, order.PlacedAt + PlacingRules.RedriveAfter)],
        { State: OrderState.AwaitingPayment } order => [new Deadline(PaymentDue, order.PayBy)],
        { } order => AfterSaleRows.Due(order),
        null => [],
    };
}

/// <summary>An order that is neither paid nor cancelled.</summary>
public sealed record OpenOrder(string OrderId);
