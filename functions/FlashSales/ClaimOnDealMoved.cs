using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>
/// FLS-04: what became of a claim's order: it is paid, or its slot is free again. A refund changes nothing here.
/// </summary>
public sealed class ClaimOnDealMoved(
    Inbox inbox, ClaimOrders orders, ClaimMoves moves, PartitionStore store)
{
    [Function(nameof(ClaimOnDealMoved))]
    public Task Run(
        [QueueTrigger(OrderMessages.FlashSaleQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<DealMovedV1>(nameof(ClaimOnDealMoved), OrderMessages.FlashSaleQueue, message, Move, cancel);

    private async Task<Refusal?> Move(DealMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        if (moved.Move is DealMove.Refunded) return null;
        if (await DropRows.Find(store, moved.SubjectId, cancel) is not { } claim) return FlashSaleRefusals.ClaimMissing;
        if (moved.Move is DealMove.Paid)
            return await moves.Change(claim, (desk, _) => SlotClaimRules.Pay(desk, moved.OrderId), cancel);

        // Whether it was placed and then cancelled, or could not be placed, the placing itself knows.
        if (claim.State is SlotClaimState.Claimed && !claim.InVain.Contains(moved.OrderId))
            await orders.GoOn(claim, cancel);
        return await moves.Change(claim, (desk, now) => SlotClaimRules.Cancel(desk, moved.OrderId, now), cancel);
    }
}
