using Pond.Activities;
using Pond.Kernel;
using Pond.Reminders;
using Pond.Touches;

namespace Pond.Orders;

/// <summary>TCH-06: what members are told of their orders. Pure.</summary>
public static class OrderNewsRules
{
    /// <summary>How long before the time to pay is over a member is reminded, at most.</summary>
    public static readonly TimeSpan UnpaidLeadMax = TimeSpan.FromMinutes(10);

    /// <summary>How long what has become of a group is news.</summary>
    public static readonly TimeSpan GroupNewsLast = TimeSpan.FromDays(1);

    /// <summary>That it waits for its payment, shortly before it waits no longer.</summary>
    public static TouchPlannedV1 Unpaid(Order order, DateTimeOffset now) => new(
        order.MemberId,
        Occasion.OrderUnpaid,
        order.Id,
        ReminderTexts.Values(
            OrderTexts.Description(order.Cart), AmountOf(order), order.PayBy, "订单尚未支付，逾期自动取消"),
        $"pages/orders/detail?id={order.Id}",
        order.Deal?.ActivityId,
        NotBefore: order.PayBy - ReminderTexts.LeadOf(order.PayBy - now, UnpaidLeadMax),
        Until: order.PayBy,
        now);

    /// <summary>Whether such a reminder still makes sense.</summary>
    public static bool IsUnpaid(Order? order, DateTimeOffset now) =>
        order is { State: OrderState.AwaitingPayment } && now < order.PayBy;

    /// <summary>
    /// What has become of the group that a paid order waited for. Null of anything else, and for who has left it.
    /// </summary>
    /// <param name="order">As it is from now on.</param>
    public static TouchPlannedV1? GroupDone(Order order, DealSettledV1 settled, DateTimeOffset now)
    {
        if (order.Deal is not { Kind: ActivityKind.GroupBuy } deal || settled.IsLeft) return null;
        return new TouchPlannedV1(
            order.MemberId,
            Occasion.GroupDone,
            settled.SubjectId,
            ReminderTexts.Values(
                OrderTexts.Description(order.Cart), AmountOf(order), endsAt: null,
                settled.Reason ?? "拼团成功，将尽快为您发货"),
            $"pages/groups/detail?id={settled.SubjectId}",
            deal.ActivityId,
            NotBefore: now,
            Until: now + GroupNewsLast,
            now);
    }

    private static string AmountOf(Order order) => new Fen(order.Cart.PayableFen()).ToString();
}
