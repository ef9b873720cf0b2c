using Pond.Activities;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>FLS-04: changes what became of a claim.</summary>
public sealed class ClaimMoves(Transactor transactor, DropCache drops, Ids ids)
{
    /// <summary>
    /// Lets a rule decide that may be asked twice: what it says follows from what the claim is at that moment, not from
    /// what it was when it was asked first.
    /// </summary>
    public async Task<Refusal?> Change(
        SlotClaim claim, Func<DropDesk, DateTimeOffset, Decision<DropEvent>> decide, CancellationToken cancel)
    {
        var operation = new Operation(nameof(ClaimMoves), ids.Next(), Fingerprint: null);
        var decision = await transactor.Run(DropRows.Of(claim), operation, decide, cancel);
        if (decision.Facts.OfType<DropEvent.Returned>().Any()) drops.Tell(claim.FlashSaleId, isSoldOut: false);
        return decision.Refusal;
    }
}

/// <summary>FLS-04: orders ask whether a claim still has its slot for them.</summary>
public sealed class SlotKeeper(ClaimMoves moves, PartitionStore store) : IDealKeeper
{
    public ActivityKind Kind => ActivityKind.FlashSale;

    public async Task<Refusal?> Keep(DealHold hold, CancellationToken cancel) =>
        await DropRows.Find(store, hold.SubjectId, cancel) is { } claim
            ? await moves.Change(claim, (desk, _) => SlotClaimRules.Keep(desk, hold.OrderId), cancel)
            : FlashSaleRefusals.ClaimMissing;
}
