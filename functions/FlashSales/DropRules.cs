using System.Diagnostics;
using Pond.Kernel;

namespace Pond.FlashSales;

/// <summary>FLS-03: where the slots are. Pure.</summary>
public static class DropRules
{
    /// <summary>
    /// Slots of one shard: even if every second one came back, the list of those that are free fits into its row.
    /// </summary>
    public const int PiecesPerShardMax = 10_000;

    /// <summary>An empty shard asks for slots: it gets half of the free ones, one at least.</summary>
    public static Decision<DropEvent> Lend(DropDesk desk, FlashSale sale, string lendingId, int toShard)
    {
        if (desk.Drop.FreeCount == 0) return FlashSaleRefusals.SoldOut;

        var last = desk.Drop.Free[^1];
        var count = Math.Min(last.Count, (desk.Drop.FreeCount + 1) / 2);
        return new DropEvent.SlotsLent(new FlashSlotsLentV1(
            lendingId, sale.Id, toShard, [new SlotRange(last.Until - count, last.Until)], sale.Pieces, sale.Shards));
    }

    /// <summary>Slots arrive that another shard lent.</summary>
    public static Decision<DropEvent> Receive(FlashSlotsLentV1 lent) => new DropEvent.SlotsReceived(lent.Slots);

    /// <summary>Whether nothing is free in all the shards of a drop, and nothing on its way between two.</summary>
    public static bool AreEmpty(IReadOnlyList<Drop> all) =>
        all.All(one => one.FreeCount == 0) && all.Sum(one => one.LentCount) <= all.Sum(one => one.BorrowedCount);

    public static DropDesk Evolve(DropDesk desk, DropEvent fact) => fact switch
    {
        DropEvent.Claimed { Claim: var claim } => new DropDesk(
            desk.Drop with
            {
                Free = SlotRanges.Without(desk.Drop.Free, SlotRanges.Of([claim.Slot])),
                ClaimedCount = desk.Drop.ClaimedCount + 1,
            },
            claim,
            desk.Taken + 1),
        DropEvent.Moved { Claim: var claim } => desk with { Claim = claim },
        DropEvent.Returned { Claim: var claim } => new DropDesk(
            desk.Drop with
            {
                Free = SlotRanges.Joined([.. desk.Drop.Free, .. SlotRanges.Of([claim.Slot])]),
                ClaimedCount = desk.Drop.ClaimedCount - 1,
            },
            claim,
            desk.Taken - 1),
        DropEvent.SlotsLent { Lending.Slots: var slots } => desk with
        {
            Drop = desk.Drop with
            {
                Free = SlotRanges.Without(desk.Drop.Free, slots),
                LentCount = desk.Drop.LentCount + SlotRanges.CountOf(slots),
            },
        },
        DropEvent.SlotsReceived { Slots: var slots } => desk with
        {
            Drop = desk.Drop with
            {
                Free = SlotRanges.Joined([.. desk.Drop.Free, .. slots]),
                BorrowedCount = desk.Drop.BorrowedCount + SlotRanges.CountOf(slots),
            },
        },
        _ => throw new UnreachableException(),
    };
}
