using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-01: an order looks for the pieces of one SKU, from shard to shard.</summary>
/// <remarks>
/// Every answer of a shard is kept, also "nothing here" and "not enough any more": so all who drive the same order,
/// at once or after a crash, walk the same way and come to the same end.
///
/// An order takes nothing where it could not get all of it. As each one reckons so before it takes, the one that took
/// last can still be filled, and of orders that race for too few pieces one gets through. Only between that reckoning
/// and the commit another may take, so that both fall short; and pieces may come free behind an order that has passed
/// by. So who falls short gives everything back and looks once more, all orders now in the same direction.
/// </remarks>
public sealed class StockWalks(Transactor transactor, PartitionStore store)
{
    private const int LooksMax = 2;

    /// <summary>Looks for all the pieces.</summary>
    /// <returns>What it got: less than all only together with the reason why.</returns>
    public async Task<StockWalk> Walk(
        string orderId, string skuId, int shards, int wanted, CancellationToken cancel)
    {
        var looks = shards == 1 ? 1 : LooksMax; // a single shard answers for all of it at one instant
        for (var look = 1; ; look++)
        {
            var first = look == 1 ? StockRows.HomeOf(orderId, shards) : 0;
            int[] way = [.. Enumerable.Range(first, shards).Select(shard => shard % shards)];
            var walk = await Look(orderId, skuId, way, wanted, look, cancel);
            if (walk.WhyNot?.Code != StockRefusals.SoldOut.Code || look == looks) return walk;
            foreach (var kept in walk.Kept) await GiveBack(orderId, kept, look, cancel);
        }
    }

    private async Task<StockWalk> Look(
        string orderId, string skuId, int[] way, int wanted, int look, CancellationToken cancel)
    {
        var kept = new List<ReservedStock>();
        for (var step = 0; wanted > 0; step++)
        {
            var ahead = await StockRows.Shards(store, skuId, way[(step + 1)..], cancel);
            var (rest, beyond) = (wanted, (int)Math.Min(int.MaxValue, ahead.Sum(shard => (long)shard.Available)));
            var decision = await transactor.Run(
                StockRows.Order(skuId, way[step], orderId),
                new Operation(nameof(StockReservations.Reserve), $"{orderId} {look}", Fingerprint: null),
                (desk, now) => StockLedgerRules.Take(desk, orderId, look, rest, beyond, now),
                cancel);
            if (decision.Facts is not [StockEvent.Taken taken]) return new StockWalk(kept, decision.Refusal);
            if (taken.IsShort) return new StockWalk(kept, StockRefusals.SoldOut);
            if (taken.Quantity > 0) kept.Add(new ReservedStock(skuId, way[step], taken.Quantity));
            wanted -= taken.Quantity;
        }

        return new StockWalk(kept, null);
    }

    private async Task GiveBack(string orderId, ReservedStock kept, int look, CancellationToken cancel) =>
        await transactor.Run(
            StockRows.Order(kept.SkuId, kept.Shard, orderId),
            new Operation(nameof(GiveBack), $"{orderId} {look}", Fingerprint: null),
            (desk, now) => StockLedgerRules.GiveBack(desk, orderId, look, now),
            cancel);
}

/// <summary>What an order got of one SKU, and why it is not all of it.</summary>
public sealed record StockWalk(IReadOnlyList<ReservedStock> Kept, Refusal? WhyNot);
