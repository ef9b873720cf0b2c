using Pond.Activities;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>FLS-02, FLS-03: one slot of a flash sale for a member.</summary>
public sealed class SlotClaims(
    Transactor transactor,
    PartitionStore store,
    DropCache drops,
    FCodeDesk codes,
    DropOnSlotsLent lendings,
    Ids ids,
    TimeProvider clock)
{
    /// <summary>Times that an empty shard borrows for one claim before the caller is asked to come back.</summary>
    private const int BorrowsMax = 4;

    /// <summary>Claims one in the taker's shard.</summary>
    /// <remarks>
    /// "Sold out" is said on proof alone: nothing is free in any shard, nothing is on its way between two, and a second
    /// look finds no shard changed, so that all of it was true at one instant. For a moment after that, and when the
    /// sale is not open, the answer costs one look whether this very wish was carried out before.
    /// </remarks>
    /// <param name="operation">The same wish is carried out once.</param>
    /// <param name="shut">Why the sale's promotion lets nobody claim now, or not this member; or null.</param>
    public async Task<Decision<DropEvent>> Claim(
        FlashSale sale, SlotWish wish, Operation operation, Refusal? shut, CancellationToken cancel)
    {
        var home = DropRows.HomeOf(wish.Taker, sale.Shards);
        if ((WhyShed(sale) ?? shut) is { } shed)
        {
            var known = shed == ActivityRefusals.NotOpen ? null : await Known(sale, home, operation, cancel);
            return known ?? shed;
        }

        if (await codes.WhyNot(sale, wish, cancel) is { } noCode)
            return await Known(sale, home, operation, cancel) ?? noCode;
        for (var borrows = 0; ; borrows++)
        {
            var decision = await transactor.Run(
                DropRows.Desk(sale, home, wish.Taker),
                operation,
                (desk, now) => SlotClaimRules.Claim(desk, sale, wish, home, now),
                cancel);
            if (decision.Refusal?.Code != FlashSaleRefusals.SoldOut.Code) return Told(sale, decision);

            var all = await DropRows.ReadAll(store, sale, cancel);
            if (DropRules.AreEmpty([.. all.Select(one => one.Drop)]) && await AreUnchanged(all, sale, cancel))
                return Told(sale, decision);
            if (borrows == BorrowsMax) throw new ContendedException(operation.Name);
            if (all.MaxBy(one => one.Drop.FreeCount).Drop is { FreeCount: > 0 } richest && richest.Number != home)
                await Borrow(sale, richest.Number, home, cancel);
        }
    }

    private Refusal? WhyShed(FlashSale sale) =>
        sale.Activity.WhyNot(clock.GetUtcNow())
        ?? (drops.IsSoldOut(sale.Id) ? FlashSaleRefusals.SoldOut : null);

    private Decision<DropEvent> Told(FlashSale sale, Decision<DropEvent> decision)
    {
        if (decision.Facts.Count > 0) drops.Tell(sale.Id, isSoldOut: false);
        else if (decision.Refusal == FlashSaleRefusals.SoldOut) drops.Tell(sale.Id, isSoldOut: true);
        return decision;
    }

    private async Task<Decision<DropEvent>?> Known(
        FlashSale sale, int home, Operation operation, CancellationToken cancel) =>
        await store.Find(DropRows.Partition(sale.Id, home), operation.Row, cancel) is { } row
            ? new StoredRecord(row).Answer<DropEvent>(operation)
            : null;

    private async Task<bool> AreUnchanged(
        IReadOnlyList<(Drop Drop, string ETag)> all, FlashSale sale, CancellationToken cancel) =>
        (await DropRows.ReadAll(store, sale, cancel)).Select(one => one.ETag)
            .SequenceEqual(all.Select(one => one.ETag));

    private async Task Borrow(FlashSale sale, int fromShard, int toShard, CancellationToken cancel)
    {
        var lendingId = ids.Next();
        var decision = await transactor.Run(
            DropRows.Shard(sale.Id, fromShard, sale.Pieces, sale.Shards),
            new Operation(nameof(Borrow), lendingId, Fingerprint: null),
            (desk, _) => DropRules.Lend(desk, sale, lendingId, toShard),
            cancel);
        if (decision.Facts is [DropEvent.SlotsLent lent]) await lendings.Receive(lent.Lending, cancel);
    }
}
