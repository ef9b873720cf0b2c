using System.Text.Json.Serialization;
using Pond.Operators;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>What can happen to a paid order. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(RefundMoved), "refund-moved")]
[JsonDerivedType(typeof(PaidBack), "paid-back")]
[JsonDerivedType(typeof(Sent), "sent")]
[JsonDerivedType(typeof(Received), "received")]
public abstract partial record OrderEvent
{
    /// <summary>A refund was asked for, or has gone on.</summary>
    /// <param name="Refund">As it is from now on.</param>
    /// <param name="Before">Null for a new one; the same as after when its time has passed and nothing else.</param>
    /// <param name="Wanted">What WeChat is to pay back now; null for nothing.</param>
    /// <param name="Act">The operator who stands behind it; null when none does.</param>
    public sealed record RefundMoved(
        OrderRefund Refund,
        RefundState? Before,
        string Actor,
        DateTimeOffset At,
        RefundWantedV1? Wanted = null,
        OperatorActedV1? Act = null) : OrderEvent
    {
        internal override LogLine Line() =>
            new(At, Actor, $"refund_{ResponseJson.NameOf(Refund.State)}", Refund.RefundNo);

        internal override IEnumerable<Message> Messages()
        {
            if (Wanted is not null) yield return PaymentMessages.RefundWanted(Wanted);
            if (Act is not null) yield return OperatorMessages.Acted(Act);
        }
    }

    /// <summary>A refund is paid back, and this is what it undoes.</summary>
    /// <param name="Refund">As it is from now on.</param>
    /// <param name="After">Where the order stands from now on.</param>
    /// <param name="ReceiveBy">The same as before, unless the order moves.</param>
    /// <param name="Upload">What WeChat is to hear, when nothing is left to send; else null.</param>
    /// <param name="Deal">What hears of it, when nothing of the order is left; else null.</param>
    /// <param name="Value">What its goods are worth now; null where they never were worth anything.</param>
    public sealed record PaidBack(
        OrderRefund Refund,
        OrderRefundedV1 Effects,
        OrderState After,
        DateTimeOffset? ReceiveBy,
        ShipmentMadeV1? Upload,
        DealMovedV1? Deal = null,
        OrderValuedV1? Value = null) : OrderEvent
    {
        internal override LogLine Line() => new(Effects.At, OrderActors.System, "refunded", Refund.RefundNo);

        internal override IEnumerable<Message> Messages()
        {
            foreach (var message in RefundMessages.Refunded(Effects)) yield return message;
            if (Upload is not null) yield return RefundMessages.Shipment(Upload);
            foreach (var message in OrderMessages.DealMoved(Deal)) yield return message;
            foreach (var message in OrderMessages.Valued(Value)) yield return message;
        }
    }

    /// <param name="After">Where the order stands from now on.</param>
    /// <param name="ReceiveBy">Null while something is left to send.</param>
    /// <param name="Upload">What WeChat is to hear; null of an order that it has no money of.</param>
    public sealed record Sent(
        Shipment Shipment,
        OrderState After,
        DateTimeOffset? ReceiveBy,
        ShipmentMadeV1? Upload,
        OperatorActedV1 Act) : OrderEvent
    {
        internal override LogLine Line() =>
            new(Shipment.At, OrderActors.Operator(Shipment.OperatorId), "sent", Shipment.TrackingNo);

        internal override IEnumerable<Message> Messages() => Upload is null
            ? [OperatorMessages.Acted(Act)]
            : [RefundMessages.Shipment(Upload), OperatorMessages.Acted(Act)];
    }

    /// <summary>It was received, or counts as such.</summary>
    public sealed record Received(string Actor, DateTimeOffset At) : OrderEvent
    {
        internal override LogLine Line() => new(At, Actor, "received");
    }
}

/// <summary>A parcel of a paid order was sent, or turned out to be the last.</summary>
public sealed record ShipmentMadeV1(string OrderId, string MemberId);

/// <summary>What others hear of a paid order.</summary>
public static class RefundMessages
{
    public const string ShipmentQueue = "order-shipments";

    public static Message Shipment(ShipmentMadeV1 made) => new(ShipmentQueue, made);

    /// <summary>To those of whom something is undone.</summary>
    public static IEnumerable<Message> Refunded(OrderRefundedV1 refunded)
    {
        if (refunded.Restocked.Count > 0) yield return new Message(OrderMessages.RefundedStockQueue, refunded);
        if (refunded.ReturnedPoints > 0 || refunded.ReversedPoints > 0 || refunded.ReversedGiftPoints > 0)
            yield return new Message(OrderMessages.RefundedPointsQueue, refunded);
        if (refunded.ReversedGrowth > 0) yield return new Message(OrderMessages.RefundedGrowthQueue, refunded);
        if (refunded.RevokedTemplateIds.Count > 0 || (refunded.IsWhole && refunded.CouponIds.Count > 0))
            yield return new Message(OrderMessages.RefundedCouponsQueue, refunded);
        if (refunded.IsWhole && refunded.Uses.Count > 0)
            yield return new Message(OrderMessages.RefundedUsesQueue, refunded);
    }
}
