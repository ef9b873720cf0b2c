using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>ORD-14: places orders for groups, bargains and flash sales. For the slices that they are part of.</summary>
/// <remarks>
/// Such an order has one line at a price that the activity says: no coupon, no points, no other promotion. Its stock is
/// the activity's. The rest is as with any order, payment and refunds included.
/// </remarks>
public sealed class DealOrders(
    Placing placing, DealPrices prices, Ids ids, OrderOptions options, TimeProvider clock)
{
    /// <summary>What this operation has placed before, or null: what it hung on then is not looked at again.</summary>
    public async Task<DealPlacement?> FindPlaced(
        string memberId, Operation operation, string? note, CancellationToken cancel)
    {
        var known = await placing.FindPlaced(memberId, operation, cancel);
        return known.Refusal == OrderRefusals.NotPlaced ? null : await Advance(known, note, cancel);
    }

    /// <summary>Places it; the same operation again answers with the same order, as it is then.</summary>
    /// <param name="operation">One for each wish of a shopper.</param>
    public async Task<DealPlacement> Place(
        string memberId, DealWish wish, Operation operation, CancellationToken cancel)
    {
        var (order, whyNot) = await Draft(memberId, wish, cancel);
        if (order is null)
        {
            // The same call may have placed it a moment ago.
            return await FindPlaced(memberId, operation, wish.Note, cancel) ?? new DealPlacement(null, whyNot);
        }

        return await Advance(await placing.Begin(order, operation, cancel), wish.Note, cancel);
    }

    private async Task<DealPlacement> Advance(Decision<OrderEvent> begun, string? note, CancellationToken cancel)
    {
        if (begun.Refusal is { } refusal) return new DealPlacement(null, refusal);
        var placed = begun.Facts.OfType<OrderEvent.Placed>().Single().Order;
        var order = await placing.Advance(placed.MemberId, placed.Id, new DeliveryNote(note), cancel);
        var whyNot = order.Cancelled is { Cause: CancelCause.NotReserved } cancelled
            ? new Refusal(cancelled.Code!, RefusalKind.Conflict, cancelled.Text!)
            : null;
        return new DealPlacement(
            new DealOrder(
                order.Id, order.Deal!.SubjectId, order.State, order.Cart.PayableFen(), order.PayBy,
                clock.GetUtcNow()),
            whyNot);
    }

    private async Task<(Order? Order, Refusal? WhyNot)> Draft(
        string memberId, DealWish wish, CancellationToken cancel)
    {
        var (cart, sku, whyNot) = await prices.Price(
            memberId, new DealPrice(wish.Stock.SkuId, wish.Quantity, wish.PriceFen, wish.Name, wish.AddressId), cancel);
        if (cart is null) return (null, whyNot);

        var skus = new Dictionary<string, Sku> { [sku!.SkuId] = sku };
        if (PlacingRules.WhyNoDraft(cart, skus, wish.AddressId, wish.Note) is { } why) return (null, why);
        var now = clock.GetUtcNow();
        return (
            PlacingRules.Draft(
                OrderIds.Of(now, ids.Next()), memberId, cart, skus, wish.AddressId, now,
                wish.PayBy ?? now.AddMinutes(options.PayMinutes), wish),
            null);
    }
}

/// <summary>What came of a wish: an order, or why not; both, where an order was placed and given up.</summary>
public sealed record DealPlacement(DealOrder? Order, Refusal? WhyNot);

/// <summary>An order that was placed for an activity; it is paid like any other.</summary>
/// <param name="SubjectId">The group, the attempt or the claim that it was placed for.</param>
/// <param name="ServerTime">Now, to reckon from to <paramref name="PayBy"/>.</param>
public sealed record DealOrder(
    string OrderId,
    string SubjectId,
    OrderState State,
    long PayableFen,
    DateTimeOffset PayBy,
    DateTimeOffset ServerTime);
