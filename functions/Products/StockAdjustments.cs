using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-01: operators change a stock. The order stands in the SKU's partition, so none stops halfway.</summary>
public sealed class StockAdjustments(Transactor transactor, PartitionStore store)
{
    /// <summary>Orders an adjustment and carries it out.</summary>
    /// <param name="operation">The same wish is carried out once.</param>
    /// <param name="quantity">Pieces more or fewer, by what is in the shards.</param>
    public async Task<StockChange> Adjust(
        Sku sku,
        Operation operation,
        Func<IReadOnlyList<StockShard>, int> quantity,
        ProductActor actor,
        CancellationToken cancel)
    {
        var shards = await StockRows.Shards(store, sku.SkuId, sku.StockShards, cancel);
        var adjustment = new StockAdjustmentV1(
            Keys.Hash(operation.Name, operation.Key), sku.SkuId, sku.StockShards, quantity(shards), actor.OperatorId,
            actor.Reason);
        var decision = await transactor.Run(
            SkuRows.Sku(sku.SkuId),
            operation,
            (owner, now) => StockLedgerRules.Order(owner, adjustment, shards, now),
            cancel);
        if (decision.Facts is not [SkuEvent.AdjustmentOrdered { Adjustment: var ordered }])
            return new StockChange(0, IsWhole: false, decision.Refusal);

        var changed = await CarryOut(ordered, CancellationToken.None); // whole, even when the operator hangs up
        return new StockChange(changed, changed == ordered.Quantity, null);
    }

    /// <summary>Brings every shard its share, and what one could not give to the next. Done twice, it is the same.
    /// </summary>
    public async Task<int> CarryOut(StockAdjustmentV1 adjustment, CancellationToken cancel)
    {
        if (adjustment.Quantity == 0) return 0;
        var shares = await Task.WhenAll(Enumerable.Range(0, adjustment.Shards).Select(shard =>
            Change(adjustment, shard, "share", StockLedgerRules.ShareOf(adjustment, shard), cancel)));
        var changed = shares.Sum();
        for (var shard = 0; shard < adjustment.Shards && changed != adjustment.Quantity; shard++)
            changed += await Change(adjustment, shard, "rest", adjustment.Quantity - changed, cancel);
        return changed;
    }

    private async Task<int> Change(
        StockAdjustmentV1 adjustment, int shard, string part, int quantity, CancellationToken cancel)
    {
        var key = $"{adjustment.AdjustmentId}.{part}";
        var decision = await transactor.Run(
            StockRows.Shard(adjustment.SkuId, shard),
            new Operation(nameof(StockAdjustments), key, Fingerprint: null),
            (desk, now) => StockLedgerRules.Adjust(
                desk, key, quantity, adjustment.OperatorId, adjustment.Reason, now),
            cancel);
        return ((StockEvent.Adjusted)decision.Facts.Single()).Quantity;
    }
}

/// <summary>What came of an adjustment.</summary>
/// <param name="Changed">Pieces that came or, below 0, went.</param>
/// <param name="IsWhole">False where orders were faster, and fewer could be taken than wanted.</param>
public sealed record StockChange(int Changed, bool IsWhole, Refusal? WhyNot);
