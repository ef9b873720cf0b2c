using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>
/// Partition <c>s:{hash of skuId}:{shard}</c>: <c>stock</c> is the head, <c>order:{orderId}</c> what an order has of
/// it, and <c>stock-entry:{newest first}</c> the ledger.
/// </summary>
public static class StockRows
{
    public const string Head = "stock";
    public const string EntryPrefix = "stock-entry";

    private const int ShardDigits = 2;
    private const int SeqDigits = 12;

    public static string Partition(string skuId, int shard) =>
        $"s:{Keys.Hash(skuId)}:{Keys.Sortable(shard, ShardDigits)}";

    /// <summary>The shard where an order looks first, always the same one.</summary>
    public static int HomeOf(string orderId, int shards) => Convert.ToInt32(Keys.Hash(orderId)[..6], 16) % shards;

    public static string OrderRow(string orderId) => "order:" + orderId;

    /// <summary>A shard, with what one order has of it.</summary>
    public static Layout<StockDesk, StockEvent> Order(string skuId, int shard, string orderId) => new(
        Partition(skuId, shard),
        Head,
        [new Load.One(OrderRow(orderId))],
        Read: rows => new StockDesk(
            rows.Find<StockShard>(Head) ?? StockShard.Empty, rows.Find<OrderStock>(OrderRow(orderId)), []),
        Write: Rows,
        Evolve: StockLedgerRules.Evolve,
        Announce: Announce);

    /// <summary>A shard alone.</summary>
    public static Layout<StockDesk, StockEvent> Shard(string skuId, int shard) => new(
        Partition(skuId, shard),
        Head,
        Loads: [],
        Read: rows => new StockDesk(rows.Find<StockShard>(Head) ?? StockShard.Empty, null, []),
        Write: Rows,
        Evolve: StockLedgerRules.Evolve,
        Announce: Announce);

    /// <summary>All shards of a SKU's stock, those too that nothing has come to.</summary>
    public static async Task<IReadOnlyList<StockShard>> Shards(
        PartitionStore store, string skuId, int shards, CancellationToken cancel) =>
        await Shards(store, skuId, Enumerable.Range(0, shards), cancel);

    /// <summary>Some shards of it.</summary>
    public static async Task<IReadOnlyList<StockShard>> Shards(
        PartitionStore store, string skuId, IEnumerable<int> numbers, CancellationToken cancel) =>
        await Task.WhenAll(numbers.Select(async shard =>
            await store.Find<StockShard>(Partition(skuId, shard), Head, cancel) ?? StockShard.Empty));

    private static IEnumerable<Message> Announce(StockEvent fact) =>
        fact is StockEvent.SentHome sent ? [ProductMessages.Moved(sent.Move)] : [];

    private static IEnumerable<StateRow> Rows(StockDesk desk)
    {
        yield return new StateRow(Head, desk.Shard);
        if (desk.Order is { } order) yield return new StateRow(OrderRow(order.OrderId), order);
        foreach (var entry in desk.Added)
            yield return new StateRow($"{EntryPrefix}:{Keys.Inverted(entry.Seq, SeqDigits)}", entry);
    }
}
