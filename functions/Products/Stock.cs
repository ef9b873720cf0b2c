using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Products;

/// <summary>A part of a SKU's stock.</summary>
/// <param name="OnHand">Pieces that are there, the reserved ones included.</param>
/// <param name="Reserved">Of those, what orders that are not paid yet keep: 0 … <paramref name="OnHand"/>.</param>
/// <param name="Seq">Number of the last entry.</param>
/// <param name="LastHash">Hash of the last entry.</param>
/// <param name="Home">
/// Where pieces that come free go back to, once it is the allotment of an activity that is over; else null.
/// </param>
public sealed record StockShard(int OnHand, int Reserved, long Seq, string LastHash, StockHome? Home = null)
{
    public static readonly StockShard Empty = new(0, 0, 0, "");

    /// <summary>What an order can get.</summary>
    [JsonIgnore]
    public int Available => OnHand - Reserved;
}

/// <summary>The shard of a SKU's own stock that an allotment gives its pieces back to.</summary>
/// <param name="From">Names the shard of the allotment.</param>
public sealed record StockHome(string SkuId, int Shard, string From);

/// <summary>What one order has of a shard. It has one row, so that of its ends only one can be.</summary>
/// <param name="Quantity">Kept, or sold; 0 when it got nothing.</param>
/// <param name="Look">In which of its looks for stock it got that: 1, 2.</param>
/// <param name="IsShort">In that look there was not enough, here and in the shards that were still to come.</param>
/// <param name="Returns">What came back, each refund once.</param>
public sealed record OrderStock(
    string OrderId,
    OrderStockState State,
    int Quantity,
    int Look,
    bool IsShort,
    IReadOnlyList<StockReturn> Returns)
{
    [JsonIgnore]
    public int Returned => Returns.Sum(one => one.Quantity);
}

/// <summary>Pieces that came back with a refund.</summary>
public sealed record StockReturn(int RefundNumber, int Quantity);

/// <summary>Stored by name: never rename one.</summary>
public enum OrderStockState
{
    /// <summary>Kept for an order that is not paid yet.</summary>
    Reserved,

    /// <summary>Sold. Final, but for what comes back.</summary>
    Confirmed,

    /// <summary>Free again, or never taken. Final: the order gets nothing here any more.</summary>
    Released,
}

/// <summary>One line of a shard's ledger.</summary>
/// <param name="Seq">1, 2, 3 …</param>
/// <param name="Key">Of the business: no two entries of a kind have the same.</param>
/// <param name="Quantity">Pieces that it is about; negative where an adjustment took some.</param>
/// <param name="OnHand">After it.</param>
/// <param name="Reserved">After it.</param>
/// <param name="Previous">Hash of the entry before, so that a changed one shows.</param>
/// <param name="OperatorId">Who adjusted; null for what orders do.</param>
public sealed record StockEntry(
    long Seq,
    DateTimeOffset At,
    StockEntryKind Kind,
    string Key,
    int Quantity,
    int OnHand,
    int Reserved,
    string Previous,
    string? OperatorId = null,
    string? Reason = null);

/// <summary>Stored by name: never rename one.</summary>
public enum StockEntryKind
{
    Reserve,
    Confirm,
    Release,
    Return,
    Adjust,

    /// <summary>Between a SKU's own stock and what an activity has of it.</summary>
    Move,
}

/// <summary>What the rules of stock look at: one shard, and what one order has of it.</summary>
/// <param name="Added">Entries that this decision adds.</param>
public sealed record StockDesk(StockShard Shard, OrderStock? Order, IReadOnlyList<StockEntry> Added);

/// <summary>What can happen in a shard. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(GivenBack), "given-back")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Adjusted), "adjusted")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(SentHome), "sent-home")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record StockEvent(DateTimeOffset At)
{
    /// <summary>An order looked for stock and got so much, also 0: its answer in this look, for good.</summary>
    public sealed record Taken(string OrderId, int Look, int Quantity, bool IsShort, DateTimeOffset At)
        : StockEvent(At);

    /// <summary>What a look got is free again, as the look fell short; the order may look once more.</summary>
    public sealed record GivenBack(string OrderId, int Look, int Quantity, DateTimeOffset At) : StockEvent(At);

    public sealed record Confirmed(string OrderId, int Quantity, DateTimeOffset At) : StockEvent(At);

    /// <summary>Also of nothing, whereupon the order can take nothing later.</summary>
    public sealed record Released(string OrderId, int Look, int Quantity, DateTimeOffset At) : StockEvent(At);

    public sealed record Returned(string OrderId, int RefundNumber, int Quantity, DateTimeOffset At) : StockEvent(At);

    /// <summary>Also by 0, so that asking again has the same answer.</summary>
    public sealed record Adjusted(string Key, int Quantity, string OperatorId, string Reason, DateTimeOffset At)
        : StockEvent(At);

    /// <summary>Pieces came in from a SKU's own stock, or from an allotment.</summary>
    public sealed record Moved(string Key, int Quantity, DateTimeOffset At) : StockEvent(At);

    /// <summary>Free pieces of an allotment whose activity is over leave for the SKU's own stock.</summary>
    public sealed record SentHome(StockMovedV1 Move, DateTimeOffset At) : StockEvent(At);

    /// <summary>The activity of this allotment is over.</summary>
    public sealed record Closed(StockHome Home, DateTimeOffset At) : StockEvent(At);
}

/// <summary>The "no"s about stock.</summary>
public static class StockRefusals
{
    public static readonly Refusal SoldOut = new("stock.sold_out", RefusalKind.Exhausted, "商品库存不足。");
    public static readonly Refusal OrderOver =
        new("stock.order_over", RefusalKind.Conflict, "订单已结束，不能再变更其库存。");

    public static readonly Refusal NotReserved =
        new("stock.not_reserved", RefusalKind.Conflict, "该订单没有占用库存。");

    public static readonly Refusal ReturnsTooMuch =
        new("stock.returns_too_much", RefusalKind.Conflict, "退回的数量超过了售出的数量。");

    public static readonly Refusal NotEnough =
        new("stock.not_enough", RefusalKind.Exhausted, "可用库存不足，已被订单占用的库存不能减少。");

    public static readonly Refusal TooMuch = new("stock.too_much", RefusalKind.Conflict, "库存数量超过上限。");
}
