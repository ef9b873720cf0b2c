using System.Globalization;
using System.Text.Json.Serialization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>
/// Partition <c>sk:{hash of skuId}</c>, one row <c>sku</c>: the product that the SKU belongs to. It never changes, so
/// that one read of it and one of the product tell what holds now.
/// </summary>
public static class SkuRows
{
    public const string Head = "sku";

    public static string Partition(string skuId) => "sk:" + Keys.Hash(skuId);

    public static Task<SkuOwner?> Find(PartitionStore store, string skuId, CancellationToken cancel) =>
        store.Find<SkuOwner>(Partition(skuId), Head, cancel);

    public static Layout<SkuOwner?, SkuEvent> Sku(string skuId) => new(
        Partition(skuId),
        Head,
        Loads: [],
        Read: rows => rows.Find<SkuOwner>(Head),
        Write: owner => owner is null ? [] : [new StateRow(Head, owner)],
        Evolve: (owner, fact) => fact is SkuEvent.Claimed claimed ? claimed.Owner : owner,
        Announce: Announce);

    private static IEnumerable<Message> Announce(SkuEvent fact)
    {
        if (fact is not SkuEvent.AdjustmentOrdered { Adjustment: { Quantity: not 0 } adjustment } ordered) return [];
        return
        [
            ProductMessages.Adjustment(adjustment),
            OperatorMessages.Acted(new OperatorActedV1(
                adjustment.OperatorId, "stock.adjust", adjustment.SkuId, adjustment.Reason, Text(ordered.OnHand),
                Text(ordered.OnHand + adjustment.Quantity), ordered.At)),
        ];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What can happen to a SKU's id. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(AdjustmentOrdered), "adjustment-ordered")]
public abstract record SkuEvent
{
    private SkuEvent()
    {
    }

    public sealed record Claimed(SkuOwner Owner) : SkuEvent;

    /// <summary>The stock is to be changed; its shards hear of it.</summary>
    /// <param name="OnHand">Pieces on all shelves, a moment before.</param>
    public sealed record AdjustmentOrdered(StockAdjustmentV1 Adjustment, long OnHand, DateTimeOffset At) : SkuEvent;
}
