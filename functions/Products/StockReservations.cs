using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-01: keeps stock for an order that is not paid yet. For those who place orders.</summary>
/// <remarks>
/// Confirming, releasing and returning come by the messages of orders, whatever order they come in: what was released
/// once is never reserved afterwards.
/// </remarks>
public sealed class StockReservations(Transactor transactor, PartitionStore store)
{
    /// <summary>SKUs, or shards, that one order visits at the same time.</summary>
    internal const int AtOnce = 8;

    private readonly StockWalks walks = new(transactor, store);

    /// <summary>All the pieces or none; the same again has the same outcome.</summary>
    /// <param name="wants">Pieces by stock; of the same one they add up.</param>
    /// <returns>What is kept, or why not: such as <c>stock.sold_out</c>.</returns>
    public async Task<(IReadOnlyList<ReservedStock> Reserved, Refusal? WhyNot)> Reserve(
        string orderId, IReadOnlyList<StockWant> wants, CancellationToken cancel)
    {
        StockWant[] each =
        [
            .. wants.GroupBy(want => want.SkuId, StringComparer.Ordinal)
                .Select(same => same.First() with { Quantity = same.Sum(want => want.Quantity) }),
        ];
        var found = new StockWalk[each.Length];
        await AFewAtATime.Each(
            Enumerable.Range(0, each.Length),
            AtOnce,
            async (i, stop) => found[i] = await walks.Walk(
                orderId, each[i].SkuId, each[i].Shards, each[i].Quantity, stop),
            cancel);

        ReservedStock[] kept = [.. found.SelectMany(walk => walk.Kept)];
        if (found.Select(walk => walk.WhyNot).FirstOrDefault(why => why is not null) is not { } whyNot)
            return (kept, null);

        // Nobody who drives this order gets to another end, so nobody counts on these any more.
        await AFewAtATime.Each(
            kept,
            AtOnce,
            (one, stop) => transactor.Run(
                StockRows.Order(one.SkuId, one.Shard, orderId),
                new Operation(nameof(StockLedgerRules.Release), orderId, Fingerprint: null),
                (desk, now) => StockLedgerRules.Release(desk, orderId, now),
                stop),
            cancel);
        return ([], whyNot);
    }
}
