using System.Text.Json.Serialization;
using Pond.Operators;
using Pond.Payments;

namespace Pond.Orders;

/// <summary>What can happen to a paid order. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(RefundMoved), "refund-moved")]
[JsonDerivedType(typeof(PaybackWanted), "payback-wanted")]
[JsonDerivedType(typeof(PaidBack), "paid-back")]
[JsonDerivedType(typeof(ShipmentMade), "shipment-made")]
[JsonDerivedType(typeof(UploadWanted), "upload-wanted")]
[JsonDerivedType(typeof(Received), "received")]
[JsonDerivedType(typeof(ByOperator), "by-operator")]
public abstract partial record OrderEvent
{
    /// <summary>A refund was asked for, or has gone on.</summary>
    /// <param name="Refund">As it is from now on.</param>
    /// <param name="Before">Null for a new one; the same as after when it was only overdue.</param>
    public sealed record RefundMoved(
        OrderRefund Refund, RefundState? Before, string Actor, DateTimeOffset At) : OrderEvent;

    /// <summary>WeChat is to pay back.</summary>
    public sealed record PaybackWanted(RefundWantedV1 Wanted) : OrderEvent;

    /// <summary>A refund is paid back, and this is what it undoes.</summary>
    /// <param name="After">Where the order stands from now on.</param>
    /// <param name="ReceiveBy">Of an order of which nothing is left to send.</param>
    public sealed record PaidBack(OrderRefundedV1 Effects, OrderState After, DateTimeOffset? ReceiveBy) : OrderEvent;

    /// <param name="After">Where the order stands from now on.</param>
    /// <param name="ReceiveBy">Null while something is left to send.</param>
    public sealed record ShipmentMade(Shipment Shipment, OrderState After, DateTimeOffset? ReceiveBy) : OrderEvent;

    /// <summary>WeChat is to hear of a parcel.</summary>
    public sealed record UploadWanted(ShipmentMadeV1 Made) : OrderEvent;

    /// <summary>It was received, or counts as such.</summary>
    public sealed record Received(string Actor, DateTimeOffset At) : OrderEvent;

    /// <summary>An operator stands behind the facts beside it.</summary>
    public sealed record ByOperator(OperatorActedV1 Act) : OrderEvent;
}

/// <summary>A parcel of a paid order was sent.</summary>
public sealed record ShipmentMadeV1(string OrderId, string MemberId, int Number);
