using Pond.Kernel;
using Pond.Platform;

namespace Pond.Products;

/// <summary>ACT-03: gives an activity a part of the SKUs' stock, and takes back what is left of it.</summary>
/// <remarks>Everything may be done again, by whoever follows after a crash, and comes to the same.</remarks>
public sealed class StockAllotments(Transactor transactor, StockReservations reservations, ProductCatalogue catalogue)
{
    /// <summary>What the SKUs' stock has to be asked for, or why it cannot.</summary>
    public async Task<(IReadOnlyList<StockWant> Wants, Refusal? WhyNot)> WantsOf(
        IReadOnlyList<Allotment> allotments, CancellationToken cancel)
    {
        var skus = await catalogue.Find([.. allotments.Select(one => one.SkuId)], cancel);
        return allotments.All(one => skus.ContainsKey(one.SkuId))
            ? ([.. allotments.Select(one => new StockWant(one.SkuId, skus[one.SkuId].StockShards, one.Pieces))], null)
            : ([], ProductRefusals.SkuMissing);
    }

    /// <summary>All of the allotments or none.</summary>
    /// <param name="attemptId">Names this try; after one that failed the next has another name.</param>
    /// <param name="wants">
    /// The same each time, whatever has become of the SKUs: who asks other shards gets other pieces.
    /// </param>
    public async Task<Refusal?> Open(
        string attemptId,
        IReadOnlyList<StockWant> wants,
        IReadOnlyList<Allotment> allotments,
        CancellationToken cancel)
    {
        var (kept, whyNot) = await reservations.Reserve(attemptId, wants, cancel);
        if (whyNot is not null) return whyNot;

        foreach (var one in kept) await Spend(attemptId, one, cancel);
        foreach (var one in allotments)
        {
            for (var shard = 0; shard < one.Shards; shard++) await Fill(one, shard, cancel);
        }

        return null;
    }

    /// <summary>What is free goes back at once, and what comes free later then.</summary>
    public async Task Close(IReadOnlyList<Allotment> allotments, CancellationToken cancel)
    {
        var skus = await catalogue.Find([.. allotments.Select(one => one.SkuId)], cancel);
        foreach (var one in allotments)
        {
            var homes = skus.GetValueOrDefault(one.SkuId)?.StockShards ?? 1; // it may have been taken out meanwhile
            for (var shard = 0; shard < one.Shards; shard++)
            {
                var home = new StockHome(one.SkuId, shard % homes, $"{one.StockId}.{shard}");
                await transactor.Run(
                    StockRows.Shard(one.StockId, shard),
                    new Operation($"{nameof(StockAllotments)}.{nameof(Close)}", one.StockId, Fingerprint: null),
                    (desk, now) => AllotmentRules.Close(desk, home, now),
                    cancel);
            }
        }
    }

    private Task<Decision<StockEvent>> Spend(
        string attemptId, ReservedStock kept, CancellationToken cancel) => transactor.Run(
        StockRows.Order(kept.SkuId, kept.Shard, attemptId),
        new Operation($"{nameof(StockAllotments)}.{nameof(Spend)}", attemptId, Fingerprint: null),
        (desk, now) => StockLedgerRules.Confirm(desk, attemptId, now),
        cancel);

    private Task<Decision<StockEvent>> Fill(
        Allotment allotment, int shard, CancellationToken cancel) => transactor.Run(
        StockRows.Shard(allotment.StockId, shard),
        new Operation($"{nameof(StockAllotments)}.{nameof(Fill)}", allotment.StockId, Fingerprint: null),
        (_, now) => AllotmentRules.Receive(
            allotment.StockId, SlotRanges.ShareOf(shard, allotment.Shards, allotment.Pieces).Count, now),
        cancel);
}

/// <summary>A part of a SKU's stock that belongs to an activity.</summary>
/// <param name="StockId">Names it among all stocks; see <see cref="StockWant"/>.</param>
/// <param name="Shards">Parts that it is kept in.</param>
public sealed record Allotment(string StockId, string SkuId, int Pieces, int Shards);
