using Pond.Kernel;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.WeChat;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>ORD-07, ORD-11, ORD-12: what is sent, and when it counts as received. Pure.</summary>
public static class ShippingRules
{
    /// <summary>Parcels of one payment that WeChat hears of.</summary>
    public const int ShipmentsMax = 10;

    /// <summary>Characters of what is in a parcel.</summary>
    public const int DescriptionCharsMax = 120;

    private const int ByExpress = 1;
    private const int WithinTheCity = 2;
    private const int Fetched = 4;

    /// <summary>Lines that were not sent and of which somebody keeps a piece.</summary>
    public static IReadOnlyList<PricedLine> ToSend(Order order) =>
    [
        .. order.Cart.Lines.Where(line =>
            !RefundRules.IsSent(order, line.Number)
            && RefundShareRules.Of(order, line.Number, RefundShareRules.IsAgreed).Quantity < line.Quantity),
    ];

    /// <summary>
    /// An operator sends some lines, or all that are left. A line whose refund is asked for waits for the answer:
    /// otherwise goods and money might both be gone.
    /// </summary>
    /// <param name="lineNumbers">Null for all that are left.</param>
    public static Decision<OrderEvent> Ship(
        Order order,
        Parcel parcel,
        IReadOnlyList<int>? lineNumbers,
        string operatorId,
        AfterSaleTerms terms,
        DateTimeOffset now)
    {
        if (parcel.Company is null != parcel.TrackingNo is null) return ShippingRefusals.HalfTold;
        if (order.State is not OrderState.Paid) return ShippingRefusals.NotPaid;
        if (order.WaitsForDeal() || order.Deal is { State: DealState.Failed }) return DealRefusals.NotToSend;
        int[] left = [.. ToSend(order).Select(line => line.Number)];
        int[] sent = [.. (lineNumbers ?? left).Distinct().Order()];
        if (sent.Length == 0 || sent.Except(left).Any()) return ShippingRefusals.NotToSend;
        if (sent.Any(number => RefundShareRules.Of(order, number, IsUndecided).Quantity > 0))
            return ShippingRefusals.RefundAsked;
        var (isAll, number) = (sent.Length == left.Length, order.Shipments.Count + 1);
        if (number > ShipmentsMax || (number == ShipmentsMax && !isAll)) return ShippingRefusals.TooMany;

        var shipment = new Shipment(number, parcel.Company, parcel.TrackingNo, sent, operatorId, now);
        var after = isAll ? OrderState.Shipped : OrderState.Paid;
        return new OrderEvent.Sent(
            shipment,
            after,
            isAll ? now + terms.Receipt : null,
            Upload(order),
            new OperatorActedV1(
                operatorId, "order.shipment", order.Id, parcel.Note, ResponseJson.NameOf(order.State),
                ResponseJson.NameOf(after), now));
    }

    /// <summary>The shopper has it. Whoever has asked for a refund settles that first.</summary>
    public static Decision<OrderEvent> Receive(Order order, DateTimeOffset now) => order.State switch
    {
        OrderState.Completed => Decision<OrderEvent>.Nothing,
        OrderState.Shipped => order.Refunds.Any(RefundShareRules.IsOpen)
            ? ShippingRefusals.RefundOpen
            : new OrderEvent.Received(OrderActors.Member, now),
        _ => ShippingRefusals.NotShipped,
    };

    /// <summary>The time to say so is over; while a refund is open, the end of that is waited for.</summary>
    public static Decision<OrderEvent> ReceiveLate(Order order, DateTimeOffset now) =>
        order.State is OrderState.Shipped && order.ReceiveBy <= now && !order.Refunds.Any(RefundShareRules.IsOpen)
            ? new OrderEvent.Received(OrderActors.System, now)
            : Decision<OrderEvent>.Nothing;

    /// <summary>What WeChat is to hear; null of an order that it has no money of.</summary>
    internal static ShipmentMadeV1? Upload(Order order) =>
        order.Payment?.TransactionId is null ? null : new ShipmentMadeV1(order.Id, order.MemberId);

    /// <summary>
    /// All that was sent of an order, as WeChat is told: whatever message comes late or twice says the same. It takes
    /// parts by express only, so what goes elsewise is told of once all is sent.
    /// </summary>
    /// <param name="receiverPhone">Masked; null when nobody's is known.</param>
    /// <returns>Null when there is nothing to tell.</returns>
    public static ShippingInfo? InfoOf(Order order, string openId, string? receiverPhone, DateTimeOffset now)
    {
        if (order.Shipments.Count == 0 || order.State is OrderState.Refunded) return null;
        var isAll = order.State is not OrderState.Paid;
        Shipment[] byExpress = [.. order.Shipments.Where(shipment => shipment.Company is not null)];
        if (byExpress.Length == 0 && !isAll) return null;

        return new ShippingInfo(
            order.Payment!.TransactionId!,
            openId,
            byExpress.Length > 0 ? ByExpress : order.AddressId is not null ? WithinTheCity : Fetched,
            byExpress.Length > 0
                ? [.. byExpress.Select(shipment => Of(order, shipment.LineNumbers, shipment, receiverPhone))]
                : [Of(order, [.. order.Shipments.SelectMany(shipment => shipment.LineNumbers)], null, receiverPhone)],
            isAll,
            now);
    }

    private static ShippedParcel Of(
        Order order, IReadOnlyList<int> lineNumbers, Shipment? shipment, string? receiverPhone)
    {
        var titles = order.Cart.Lines.Where(line => lineNumbers.Contains(line.Number)).Select(line => line.Title);
        return new ShippedParcel(
            shipment?.Company, shipment?.TrackingNo, Cut(string.Join("；", titles)), receiverPhone);
    }

    private static string Cut(string text) =>
        text.Length <= DescriptionCharsMax ? text
        : char.IsHighSurrogate(text[DescriptionCharsMax - 1]) ? text[..(DescriptionCharsMax - 1)]
        : text[..DescriptionCharsMax];

    private static bool IsUndecided(OrderRefund refund) =>
        RefundShareRules.Counts(refund) && !RefundShareRules.IsAgreed(refund);
}

/// <summary>How goods are sent.</summary>
/// <param name="Company">The carrier's code at WeChat; null when nothing is sent by one.</param>
/// <param name="Note">For the audit.</param>
public sealed record Parcel(string? Company, string? TrackingNo, string Note);

/// <summary>Why something is not sent, or not received.</summary>
public static class ShippingRefusals
{
    public static readonly Refusal NotPaid =
        new("shipment.not_paid", RefusalKind.Conflict, "只有已付款且未发完的订单才能发货。");

    public static readonly Refusal HalfTold =
        new("shipment.half_told", RefusalKind.Invalid, "快递公司和运单号须同时填写，或都不填。");

    public static readonly Refusal NotToSend =
        new("shipment.not_to_send", RefusalKind.Conflict, "所选商品不存在、已发货或已退款。");

    public static readonly Refusal RefundAsked =
        new("shipment.refund_asked", RefusalKind.Conflict, "所选商品有待处理的退款申请，请先处理。");

    public static readonly Refusal TooMany =
        new("shipment.too_many", RefusalKind.Exhausted, "包裹数已达上限，请把剩余商品一次发完。");

    public static readonly Refusal NotShipped =
        new("receipt.not_shipped", RefusalKind.Conflict, "订单还没有发货完毕，不能确认收货。");

    public static readonly Refusal RefundOpen =
        new("receipt.refund_open", RefusalKind.Conflict, "订单有处理中的退款，请处理完后再确认收货。");
}
