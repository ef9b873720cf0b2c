using Pond.Members;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>
/// An order as its member sees it. All amounts are those that it was placed with, less the difference that went back.
/// </summary>
/// <param name="ListFen">What the goods cost before anything off.</param>
/// <param name="ServerTime">Now, to reckon from to <paramref name="PayBy"/>; null in what a member takes along.</param>
/// <param name="Delivery">Where it goes; null when it is not sent, is not asked for, or the person was erased.</param>
public sealed record OrderResponse(
    string OrderId,
    OrderState State,
    DateTimeOffset PlacedAt,
    DateTimeOffset PayBy,
    DateTimeOffset? ServerTime,
    IReadOnlyList<OrderLineResponse> Lines,
    long ListFen,
    long FreightFen,
    long FreightOffFen,
    long UsedPoints,
    IReadOnlyList<string> CouponIds,
    long PayableFen,
    long? PaidFen,
    DateTimeOffset? PaidAt,
    long RefundedFen,
    IReadOnlyList<Explained> Explain,
    IReadOnlyList<ShipmentResponse> Shipments,
    DateTimeOffset? ReceiveBy,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<OrderRefund> Refunds,
    Cancellation? Cancelled,
    IReadOnlyList<OrderLogResponse> Log,
    OrderDeal? Deal,
    DeliveryResponse? Delivery)
{
    public static OrderResponse Of(Order order, DateTimeOffset? now = null, Delivery? delivery = null) => new(
        order.Id,
        order.State,
        order.PlacedAt,
        order.PayBy,
        now,
        [.. order.Cart.Lines.Select(OrderLineResponse.Of)],
        order.Cart.ListFen(),
        order.Cart.FreightFen,
        order.Cart.FreightOffFen,
        order.Cart.UsedPoints,
        order.Cart.CouponIds,
        order.Cart.PayableFen(),
        order.Payment?.AmountFen,
        order.Payment?.At,
        order.RefundedFen(),
        order.Cart.Explain,
        [.. order.Shipments.Select(ShipmentResponse.Of)],
        order.ReceiveBy,
        order.CompletedAt,
        order.Refunds,
        order.Cancelled,
        [.. order.Log.Select(OrderLogResponse.Of)],
        order.Deal,
        delivery is null ? null : DeliveryResponse.Of(delivery));
}

/// <summary>One line of an order.</summary>
/// <param name="PayFen">What is paid for the whole line.</param>
public sealed record OrderLineResponse(
    int Number,
    string SkuId,
    string SpuId,
    string Title,
    int Quantity,
    long ListPriceFen,
    long PriceFen,
    long PromotionOffFen,
    long CouponOffFen,
    long PointsOffFen,
    long UsedPoints,
    long PayFen,
    bool IsGift)
{
    public static OrderLineResponse Of(PricedLine line) => new(
        line.Number, line.SkuId, line.SpuId, line.Title, line.Quantity, line.ListPriceFen, line.PriceFen,
        line.PromotionOffFen, line.CouponOffFen, line.PointsOffFen, line.UsedPoints, line.PayFen(), line.IsGift);
}

/// <summary>A parcel.</summary>
public sealed record ShipmentResponse(
    int Number, string? Company, string? TrackingNo, IReadOnlyList<int> LineNumbers, DateTimeOffset At)
{
    public static ShipmentResponse Of(Shipment shipment) => new(
        shipment.Number, shipment.Company, shipment.TrackingNo, shipment.LineNumbers, shipment.At);
}

/// <summary>What happened.</summary>
/// <param name="Actor"><c>member</c>, <c>system</c> or <c>shop</c>.</param>
public sealed record OrderLogResponse(DateTimeOffset At, string Actor, string What, OrderState State)
{
    public static OrderLogResponse Of(OrderLogEntry entry) => new(
        entry.At,
        entry.Actor is OrderActors.Member or OrderActors.System ? entry.Actor : "shop",
        entry.What,
        entry.After);
}

/// <summary>Where it goes.</summary>
public sealed record DeliveryResponse(
    string Name,
    string Phone,
    string RegionCode,
    string Province,
    string City,
    string District,
    string Detail,
    string? Note)
{
    public static DeliveryResponse Of(Delivery delivery) => new(
        delivery.Address.Name, delivery.Address.Phone, delivery.Address.RegionCode, delivery.Address.Province,
        delivery.Address.City, delivery.Address.District, delivery.Address.Detail, delivery.Note);

    /// <summary>An address in a log would be personal data there.</summary>
    public override string ToString() => nameof(DeliveryResponse);
}

/// <summary>An order in a list.</summary>
public sealed record OrderSummary(
    string OrderId,
    OrderState State,
    DateTimeOffset PlacedAt,
    DateTimeOffset PayBy,
    long PayableFen,
    long RefundedFen,
    IReadOnlyList<OrderSummaryLine> Lines)
{
    public static OrderSummary Of(Order order) => new(
        order.Id, order.State, order.PlacedAt, order.PayBy, order.Cart.PayableFen(), order.RefundedFen(),
        [
            .. order.Cart.Lines.Select(line => new OrderSummaryLine(
                line.SkuId, line.Title, line.Quantity, line.PayFen(), line.IsGift)),
        ]);
}

/// <summary>A line of it.</summary>
public sealed record OrderSummaryLine(string SkuId, string Title, int Quantity, long PayFen, bool IsGift);
