using System.Diagnostics;
using System.Globalization;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-01: what happens in one shard of a stock. Pure.</summary>
/// <remarks>
/// Confirming, releasing and returning may come in any order and more than once: of confirming and releasing only the
/// first has an effect, a return that comes before its confirming brings it along, and a release that comes before
/// its reserving leaves a row that refuses it.
/// </remarks>
public static class StockLedgerRules
{
    /// <summary>Pieces of one shard.</summary>
    public const int OnHandMax = 100_000_000;

    /// <summary>Pieces of one adjustment.</summary>
    public const int AdjustmentMax = 1_000_000;

    /// <summary>An order takes what there is, as long as it can still get all it wants.</summary>
    /// <param name="look">1, 2: a later look takes the place of an earlier one that fell short.</param>
    /// <param name="wanted">Pieces that it has not got in other shards: 1 or more.</param>
    /// <param name="beyond">Pieces that are free in the shards still to come, a moment ago.</param>
    public static Decision<StockEvent> Take(
        StockDesk desk, string orderId, int look, int wanted, int beyond, DateTimeOffset now)
    {
        var mayLook = desk.Order is null
            or { State: OrderStockState.Reserved, Quantity: 0 } && (desk.Order?.Look ?? 0) < look;
        if (!mayLook) return StockRefusals.OrderOver;

        var isShort = (long)desk.Shard.Available + beyond < wanted;
        return new StockEvent.Taken(
            orderId, look, isShort ? 0 : Math.Min(desk.Shard.Available, wanted), isShort, now);
    }

    /// <summary>A look fell short: what it got here is free again.</summary>
    public static Decision<StockEvent> GiveBack(StockDesk desk, string orderId, int look, DateTimeOffset now) =>
        desk.Order is { State: OrderStockState.Reserved, Quantity: > 0 } order && order.Look == look
            ? AllotmentRules.SendHome(desk, new StockEvent.GivenBack(orderId, look, order.Quantity, now))
            : Decision<StockEvent>.Nothing;

    /// <summary>The order was paid: the pieces leave the shelf.</summary>
    public static Decision<StockEvent> Confirm(StockDesk desk, string orderId, DateTimeOffset now) => desk.Order switch
    {
        { State: OrderStockState.Confirmed } => Decision<StockEvent>.Nothing,
        { State: OrderStockState.Released } => StockRefusals.OrderOver,
        { Quantity: > 0 } order => new StockEvent.Confirmed(orderId, order.Quantity, now),
        _ => StockRefusals.NotReserved,
    };

    /// <summary>The order will not be paid: whatever it has or wants here, it gets nothing any more.</summary>
    public static Decision<StockEvent> Release(StockDesk desk, string orderId, DateTimeOffset now) => desk.Order switch
    {
        null => new StockEvent.Released(orderId, Look: 0, Quantity: 0, now),
        { State: OrderStockState.Reserved } order =>
            AllotmentRules.SendHome(desk, new StockEvent.Released(orderId, order.Look, order.Quantity, now)),
        { State: OrderStockState.Released } => Decision<StockEvent>.Nothing,
        _ => StockRefusals.OrderOver,
    };

    /// <summary>The order was paid with pieces of other shards: what it may have here besides is free.</summary>
    public static Decision<StockEvent> ReleaseSpare(StockDesk desk, string orderId, DateTimeOffset now) =>
        desk.Order is { State: OrderStockState.Reserved, Quantity: > 0 }
            ? Release(desk, orderId, now)
            : Decision<StockEvent>.Nothing;

    /// <summary>Pieces of a refund can be sold again.</summary>
    public static Decision<StockEvent> Return(
        StockDesk desk, string orderId, int refundNumber, int quantity, DateTimeOffset now)
    {
        if (desk.Order is not { State: not OrderStockState.Released } order) return StockRefusals.NotReserved;
        if (order.Returns.SingleOrDefault(one => one.RefundNumber == refundNumber) is { } known)
            return known.Quantity == quantity ? Decision<StockEvent>.Nothing : StockRefusals.ReturnsTooMuch;
        if (quantity <= 0 || order.Returned + quantity > order.Quantity) return StockRefusals.ReturnsTooMuch;

        var returned = new StockEvent.Returned(orderId, refundNumber, quantity, now);
        return order.State is OrderStockState.Confirmed
            ? AllotmentRules.SendHome(desk, returned)
            : AllotmentRules.SendHome(desk, new StockEvent.Confirmed(orderId, order.Quantity, now), returned);
    }

    /// <summary>An operator adds pieces, or takes some that are free.</summary>
    /// <param name="key">Of the adjustment.</param>
    /// <param name="quantity">Wanted; what happens may be less, and is in the fact.</param>
    public static Decision<StockEvent> Adjust(
        StockDesk desk, string key, int quantity, string operatorId, string reason, DateTimeOffset now)
    {
        var possible = Math.Clamp(quantity, -desk.Shard.Available, OnHandMax - desk.Shard.OnHand);
        return new StockEvent.Adjusted(key, possible, operatorId, reason, now);
    }

    /// <summary>An operator orders an adjustment of the whole stock.</summary>
    /// <remarks>Also one by 0: asking again then is answered the same, whatever the stock has come to.</remarks>
    /// <param name="shards">All of it, a moment ago; orders that come between are left what they get.</param>
    public static Decision<SkuEvent> Order(
        SkuOwner? owner, StockAdjustmentV1 adjustment, IReadOnlyList<StockShard> shards, DateTimeOffset now)
    {
        if (owner is null) return ProductRefusals.SkuMissing;
        if (shards.Sum(shard => (long)shard.Available) + adjustment.Quantity < 0) return StockRefusals.NotEnough;
        if (shards.Any(shard => shard.OnHand > OnHandMax - adjustment.Quantity)) return StockRefusals.TooMuch;

        return new SkuEvent.AdjustmentOrdered(adjustment, shards.Sum(shard => (long)shard.OnHand), now);
    }

    /// <summary>What one shard is to add or to lose first: shares that differ by one at most, not always in favour of
    /// the same shard.</summary>
    public static int ShareOf(StockAdjustmentV1 adjustment, int shard)
    {
        var place = (shard + StockRows.HomeOf(adjustment.AdjustmentId, adjustment.Shards)) % adjustment.Shards;
        return (int)(((long)adjustment.Quantity * (place + 1) / adjustment.Shards)
            - ((long)adjustment.Quantity * place / adjustment.Shards));
    }

    public static StockDesk Evolve(StockDesk desk, StockEvent fact) => fact switch
    {
        StockEvent.Taken taken => (desk with
        {
            Order = new OrderStock(
                taken.OrderId, OrderStockState.Reserved, taken.Quantity, taken.Look, taken.IsShort, []),
        }).Book(fact, StockEntryKind.Reserve, $"{taken.OrderId}.{Text(taken.Look)}", taken.Quantity, 0, taken.Quantity),
        StockEvent.GivenBack back => (desk with { Order = desk.Order! with { Quantity = 0 } })
            .Book(fact, StockEntryKind.Release, $"{back.OrderId}.{Text(back.Look)}", back.Quantity, 0, -back.Quantity),
        StockEvent.Confirmed paid => (desk with { Order = desk.Order! with { State = OrderStockState.Confirmed } })
            .Book(fact, StockEntryKind.Confirm, paid.OrderId, paid.Quantity, -paid.Quantity, -paid.Quantity),
        StockEvent.Released free => (desk with { Order = Freed(desk.Order, free) })
            .Book(fact, StockEntryKind.Release, $"{free.OrderId}.{Text(free.Look)}", free.Quantity, 0, -free.Quantity),
        StockEvent.Returned back => (desk with
        {
            Order = desk.Order! with
            {
                Returns = [.. desk.Order.Returns, new StockReturn(back.RefundNumber, back.Quantity)],
            },
        }).Book(
            fact, StockEntryKind.Return, $"{back.OrderId}.{Text(back.RefundNumber)}", back.Quantity, back.Quantity, 0),
        StockEvent.Adjusted adjusted =>
            desk.Book(fact, StockEntryKind.Adjust, adjusted.Key, adjusted.Quantity, adjusted.Quantity, 0),
        StockEvent.Moved moved =>
            desk.Book(fact, StockEntryKind.Move, moved.Key, moved.Quantity, moved.Quantity, 0),
        StockEvent.SentHome { Move: var move } =>
            desk.Book(fact, StockEntryKind.Move, move.Key, -move.Quantity, -move.Quantity, 0),
        StockEvent.Closed closed => desk with { Shard = desk.Shard with { Home = closed.Home } },
        _ => throw new UnreachableException(),
    };

    private static OrderStock Freed(OrderStock? order, StockEvent.Released free)
    {
        var before = order
            ?? new OrderStock(free.OrderId, OrderStockState.Released, 0, free.Look, IsShort: false, []);
        return before with { State = OrderStockState.Released };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
