using System.Text.Json.Serialization;
using Pond.Payments;
using Pond.Platform;
using Pond.Products;
using Pond.Touches;

namespace Pond.Orders;

/// <summary>What can happen to an order. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Placed), "placed")]
[JsonDerivedType(typeof(Reserved), "reserved")]
[JsonDerivedType(typeof(PaymentBegun), "payment-begun")]
[JsonDerivedType(typeof(AttemptClosed), "attempt-closed")]
[JsonDerivedType(typeof(Paid), "paid")]
[JsonDerivedType(typeof(StrayPaid), "stray-paid")]
[JsonDerivedType(typeof(ClosingBegun), "closing-begun")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(DealFulfilled), "deal-fulfilled")]
[JsonDerivedType(typeof(DealFailed), "deal-failed")]
[JsonDerivedType(typeof(RebatePaid), "rebate-paid")]
public abstract partial record OrderEvent
{
    private OrderEvent()
    {
    }

    /// <summary>What the order's log says of it.</summary>
    internal abstract LogLine Line();

    /// <summary>What other slices are to hear of it.</summary>
    internal virtual IEnumerable<Message> Messages() => [];

    /// <summary>Whether lists of orders have to follow.</summary>
    internal virtual bool IsListed() => true;

    /// <param name="Order">As it is before anything is reserved.</param>
    public sealed record Placed(Order Order) : OrderEvent
    {
        internal override LogLine Line() => new(Order.PlacedAt, OrderActors.Member, "placed");

        internal override bool IsListed() => false;
    }

    /// <summary>All that it needs is kept for it.</summary>
    /// <param name="Unpaid">What the member is told unless it is paid; null where there is nothing to pay.</param>
    public sealed record Reserved(
        IReadOnlyList<ReservedStock> Stock, DateTimeOffset At, TouchPlannedV1? Unpaid = null) : OrderEvent
    {
        internal override LogLine Line() => new(At, OrderActors.System, "reserved");

        internal override IEnumerable<Message> Messages() => Unpaid is null ? [] : [TouchMessages.Planned(Unpaid)];
    }

    /// <summary>A number is kept before WeChat hears of it.</summary>
    public sealed record PaymentBegun(PaymentAttempt Attempt) : OrderEvent
    {
        internal override LogLine Line() => new(Attempt.At, OrderActors.Member, "payment_begun", Attempt.OutTradeNo);

        internal override bool IsListed() => false;
    }

    /// <summary>Nobody can pay under this number any more.</summary>
    public sealed record AttemptClosed(string OutTradeNo, DateTimeOffset At) : OrderEvent
    {
        internal override LogLine Line() => new(At, OrderActors.System, "payment_closed", OutTradeNo);

        internal override bool IsListed() => false;
    }

    /// <param name="Rewards">Null while that hangs on a deal.</param>
    /// <param name="Others">Numbers under which somebody could still pay it a second time.</param>
    /// <param name="Deal">What hears of it; null of an ordinary order.</param>
    /// <param name="Value">Null while that hangs on a deal.</param>
    public sealed record Paid(
        OrderPayment Money,
        OrderSettledV1 Settled,
        OrderRewardsV1? Rewards,
        IReadOnlyList<PaymentClosingV1> Others,
        DealMovedV1? Deal = null,
        OrderValuedV1? Value = null) : OrderEvent
    {
        internal override LogLine Line() => new(Money.At, OrderActors.System, "paid", Money.OutTradeNo);

        internal override IEnumerable<Message> Messages() =>
        [
            .. OrderMessages.Settled(Settled),
            .. OrderMessages.Rewards(Rewards),
            .. OrderMessages.Valued(Value),
            .. Others.Select(PaymentMessages.Closing),
            .. OrderMessages.DealMoved(Deal),
        ];
    }

    /// <summary>D09, D10: money came that is not the order's; all of it goes back.</summary>
    public sealed record StrayPaid(StrayPayment Money, RefundWantedV1 Refund) : OrderEvent
    {
        internal override LogLine Line() => new(Money.At, OrderActors.System, "stray_paid", Money.OutTradeNo);

        internal override IEnumerable<Message> Messages() => [PaymentMessages.RefundWanted(Refund)];
    }

    /// <summary>ORD-03: it is cancelled once WeChat says that nobody can pay.</summary>
    public sealed record ClosingBegun(Cancellation Why, string Actor, IReadOnlyList<PaymentClosingV1> Payments)
        : OrderEvent
    {
        internal override LogLine Line() => new(Why.At, Actor, "closing", Why.Code);

        internal override IEnumerable<Message> Messages() => Payments.Select(PaymentMessages.Closing);
    }

    public sealed record Cancelled(
        Cancellation Why, string Actor, OrderSettledV1 Settled, DealMovedV1? Deal = null) : OrderEvent
    {
        internal override LogLine Line() => new(Why.At, Actor, "cancelled", Why.Code);

        internal override IEnumerable<Message> Messages() =>
            [.. OrderMessages.Settled(Settled), .. OrderMessages.DealMoved(Deal)];
    }
}

/// <summary>What an event says in the order's log.</summary>
/// <param name="What">A stable word.</param>
internal sealed record LogLine(DateTimeOffset At, string Actor, string What, string? Detail = null);

/// <summary>Who does something to an order.</summary>
public static class OrderActors
{
    public const string Member = "member";
    public const string System = "system";

    public static string Operator(string operatorId) => $"operator:{operatorId}";
}
