using Pond.Kernel;
using Pond.Members;
using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>ORD-01: how an order comes to be. Pure.</summary>
public static class PlacingRules
{
    /// <summary>Open orders of one member.</summary>
    public const int OpenOrdersMax = 20;

    /// <summary>How long whoever places an order is left alone before a sweep goes on with it.</summary>
    public static readonly TimeSpan RedriveAfter = TimeSpan.FromMinutes(1);

    /// <summary>From then on an order that is still being placed is given up.</summary>
    public static readonly TimeSpan AbandonAfter = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Why a cart cannot be ordered like this, or null. What weighs something, or costs freight, needs an address.
    /// </summary>
    public static Refusal? WhyNoDraft(
        PricedCart cart, IReadOnlyDictionary<string, Sku> skus, string? addressId, string? note)
    {
        if (cart.Lines.Any(line => !skus.ContainsKey(line.SkuId))) return OrderRefusals.GoodsGone;
        if (addressId is not null) return null;
        if (skus.Values.Any(sku => sku.FreightTemplateId is not null || sku.WeightGrams > 0))
            return OrderRefusals.AddressNeeded;
        return note is null ? null : OrderRefusals.NoteWithoutAddress;
    }

    /// <summary>An order as it is before anything is reserved.</summary>
    /// <param name="skus">Of every line.</param>
    public static Order Draft(
        string orderId,
        string memberId,
        PricedCart cart,
        IReadOnlyDictionary<string, Sku> skus,
        string? addressId,
        DateTimeOffset now,
        DateTimeOffset payBy,
        DealWish? deal = null) => new(
        orderId, memberId, OrderState.Placing, cart, now, payBy, addressId,
        Wanted: deal is null
            ?
            [
                .. cart.Lines.GroupBy(
                    line => line.SkuId,
                    (skuId, lines) => new StockWant(skuId, skus[skuId].StockShards, lines.Sum(line => line.Quantity))),
            ]
            : [new StockWant(deal.Stock.StockId, deal.Stock.Shards, deal.Quantity)],
        Stock: [], Attempts: [], Payment: null, Strays: [], Shipments: [], ReceiveBy: null, CompletedAt: null,
        Refunds: [], Closing: null, Cancelled: null, Log: [],
        Deal: deal is null ? null : new OrderDeal(deal.Kind, deal.ActivityId, deal.SubjectId, deal.Waits));

    /// <summary>An order that nothing is reserved for yet.</summary>
    public static Decision<OrderEvent> Place(OrderDesk desk, Order order)
    {
        if (MemberStanding.WhyNot(desk.Member) is { } why) return why;
        return desk.OpenOrders >= OpenOrdersMax ? OrderRefusals.TooManyOpen : new OrderEvent.Placed(order);
    }

    /// <summary>All is reserved. ORD-08: what costs nothing is paid at once, as everything is paid.</summary>
    public static Decision<OrderEvent> Reserve(
        OrderDesk desk, IReadOnlyList<ReservedStock> stock, DateTimeOffset now)
    {
        if (desk.Order is not { } order) return OrderRefusals.Missing;
        if (order.State is not OrderState.Placing) return Decision<OrderEvent>.Nothing;

        if (order.Cart.PayableFen() > 0) return new OrderEvent.Reserved(stock, now, OrderNewsRules.Unpaid(order, now));
        var reserved = new OrderEvent.Reserved(stock, now);
        var held = order with { Stock = stock };
        return new[]
        {
            reserved,
            OrderRules.Paid(held, new OrderPayment(OutTradeNo: null, TransactionId: null, AmountFen: 0, now)),
        };
    }

    /// <summary>Something could not be reserved, or it took too long: whatever was reserved is free again.</summary>
    public static Decision<OrderEvent> GiveUp(OrderDesk desk, Refusal why, DateTimeOffset now)
    {
        if (desk.Order is not { } order) return OrderRefusals.Missing;
        return order.State is OrderState.Placing
            ? OrderRules.Cancelled(
                order, new Cancellation(CancelCause.NotReserved, why.Code, now, why.Message), OrderActors.System)
            : Decision<OrderEvent>.Nothing;
    }
}
