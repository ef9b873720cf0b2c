using System.Globalization;
using Pond.Kernel;
using Pond.Members;
using Pond.Payments;

namespace Pond.Orders;

/// <summary>ORD-02, ORD-03: how an order is paid or cancelled, and never both. Pure.</summary>
public static class OrderRules
{
    /// <summary>Payments of one order that can be begun, one after the other.</summary>
    public const int AttemptsMax = 10;

    /// <summary>A payment begins: under the number that is open, or under a new one when there is none.</summary>
    public static Decision<OrderEvent> BeginPayment(OrderDesk desk, DateTimeOffset now)
    {
        if (desk.Order is not { } order) return OrderRefusals.Missing;
        if (WhyNotPay(order, now) is { } why) return why;
        if (MemberStanding.WhyNot(desk.Member) is { } standing) return standing;
        if (order.OpenAttempt() is not null) return Decision<OrderEvent>.Nothing;
        return order.Attempts.Count < AttemptsMax
            ? new OrderEvent.PaymentBegun(new PaymentAttempt(NumberOf(order.Id, order.Attempts.Count + 1), now))
            : OrderRefusals.TooManyAttempts;
    }

    /// <summary>Why an order cannot be paid, or null.</summary>
    public static Refusal? WhyNotPay(Order order, DateTimeOffset now) => order.State switch
    {
        OrderState.Placing => OrderRefusals.Placing,
        OrderState.Closing => OrderRefusals.Closing,
        OrderState.Cancelled => OrderRefusals.Cancelled,
        OrderState.AwaitingPayment => now < order.PayBy ? null : OrderRefusals.PayLate,
        _ => OrderRefusals.AlreadyPaid,
    };

    /// <summary>
    /// WeChat has money. It pays the order if that waits for this very payment; if not, all of it goes back, once.
    /// </summary>
    public static Decision<OrderEvent> TakePayment(OrderDesk desk, PaymentSucceededV1 payment, DateTimeOffset now)
    {
        if (desk.Order is not { } order) return OrderRefusals.Missing;
        if (order.Payment?.OutTradeNo == payment.OutTradeNo
            || order.Strays.Any(stray => stray.OutTradeNo == payment.OutTradeNo))
            return Decision<OrderEvent>.Nothing;
        if (IsWanted(order, payment))
            return Paid(
                order,
                new OrderPayment(payment.OutTradeNo, payment.TransactionId, payment.AmountFen, payment.PaidAt));

        var stray = new StrayPayment(payment.OutTradeNo, payment.TransactionId, payment.AmountFen, now);
        return WithCancellation(
            order,
            payment.OutTradeNo,
            new OrderEvent.StrayPaid(stray, RefundOf(order, payment)),
            now);
    }

    /// <summary>Nobody can pay under a number any more, and nobody has.</summary>
    public static Decision<OrderEvent> CloseAttempt(OrderDesk desk, string outTradeNo, DateTimeOffset now)
    {
        if (desk.Order is not { } order) return OrderRefusals.Missing;
        return order.OpenAttempt()?.OutTradeNo == outTradeNo
            ? WithCancellation(order, outTradeNo, new OrderEvent.AttemptClosed(outTradeNo, now), now)
            : Decision<OrderEvent>.Nothing;
    }

    /// <summary>ORD-03: an unpaid order is cancelled; while somebody may be paying, WeChat is asked first.</summary>
    public static Decision<OrderEvent> Cancel(OrderDesk desk, Cancellation why, string actor)
    {
        if (desk.Order is not { } order) return OrderRefusals.Missing;
        return order.State switch
        {
            OrderState.Placing => OrderRefusals.Placing,
            OrderState.Closing or OrderState.Cancelled => Decision<OrderEvent>.Nothing,
            OrderState.AwaitingPayment when order.OpenAttempt() is { } open =>
                new OrderEvent.ClosingBegun(why, actor, [ClosingOf(order, open)]),
            OrderState.AwaitingPayment => Cancelled(order, why, actor),
            _ => OrderRefusals.AlreadyPaid,
        };
    }

    /// <summary>Nobody has paid in time; changes nothing for an order that need not be paid, or not yet.</summary>
    public static Decision<OrderEvent> TimeOut(OrderDesk desk, DateTimeOffset now) =>
        desk.Order is { State: OrderState.AwaitingPayment } order && now >= order.PayBy
            ? Cancel(desk, new Cancellation(CancelCause.TimeOut, Code: null, now), OrderActors.System)
            : Decision<OrderEvent>.Nothing;

    /// <summary>Under which money that the order did not want goes back.</summary>
    internal static string StrayRefundNo(string outTradeNo) => $"{outTradeNo}-A";

    internal static OrderEvent Paid(Order order, OrderPayment payment) => new OrderEvent.Paid(
        payment,
        SettledOf(order, isPaid: true, payment.At),
        order.Deal is { Waits: true } ? null : RewardRules.Of(order, payment.At),
        order.OpenAttempt() is { } open && open.OutTradeNo != payment.OutTradeNo ? [ClosingOf(order, open)] : [],
        DealRules.Move(order, DealMove.Paid, payment.At),
        RewardRules.ValueOf(order, payment.At));

    internal static OrderEvent Cancelled(Order order, Cancellation why, string actor) =>
        new OrderEvent.Cancelled(
            why, actor, SettledOf(order, isPaid: false, why.At), DealRules.Move(order, DealMove.Cancelled, why.At));

    private static bool IsWanted(Order order, PaymentSucceededV1 payment) =>
        order.State is OrderState.AwaitingPayment or OrderState.Closing
        && payment.IsAsAsked
        && payment.AmountFen == order.Cart.PayableFen()
        && order.Attempts.Any(attempt => attempt.OutTradeNo == payment.OutTradeNo);

    // The last number under which somebody might have paid is gone: nothing keeps the order from being cancelled.
    private static Decision<OrderEvent> WithCancellation(
        Order order, string outTradeNo, OrderEvent fact, DateTimeOffset now)
    {
        if (order is not { State: OrderState.Closing, Closing: { } why }) return fact;
        return order.OpenAttempt() is { } open && open.OutTradeNo != outTradeNo
            ? fact
            : new[] { fact, Cancelled(order, why with { At = now }, OrderActors.System) };
    }

    private static PaymentClosingV1 ClosingOf(Order order, PaymentAttempt attempt) =>
        new(attempt.OutTradeNo, order.Id, order.MemberId);

    private static RefundWantedV1 RefundOf(Order order, PaymentSucceededV1 payment) => new(
        StrayRefundNo(payment.OutTradeNo), payment.OutTradeNo, order.Id, order.MemberId, payment.AmountFen,
        "订单未接受这笔付款，已原路退回");

    private static OrderSettledV1 SettledOf(Order order, bool isPaid, DateTimeOffset at) => new(
        order.Id, order.MemberId, isPaid, order.Stock, order.Wanted, order.Cart.CouponIds, order.Cart.UsedPoints,
        order.Cart.Uses, at);

    private static string NumberOf(string orderId, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{orderId}-{number:00}");
}
