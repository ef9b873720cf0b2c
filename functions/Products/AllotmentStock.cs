using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>What an activity has left of its part of a stock. A read model for the slices of activities.</summary>
public sealed class AllotmentStock(PartitionStore store)
{
    /// <summary>Pieces that an order can get now.</summary>
    public async Task<int> AvailableOf(Allotment allotment, CancellationToken cancel) =>
        (await StockRows.Shards(store, allotment.StockId, allotment.Shards, cancel)).Sum(shard => shard.Available);
}
