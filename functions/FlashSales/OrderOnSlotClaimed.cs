using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.FlashSales;

/// <summary>FLS-04: places the order of a claim; where none can be placed, the slot goes back and says why.</summary>
public sealed class OrderOnSlotClaimed(Inbox inbox, ClaimOrders orders, PartitionStore store)
{
    [Function(nameof(OrderOnSlotClaimed))]
    public Task Run(
        [QueueTrigger(FlashSaleMessages.ClaimedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<FlashClaimedV1>(
            nameof(OrderOnSlotClaimed), FlashSaleMessages.ClaimedQueue, message, Place, cancel);

    // The stock of a slot that came back is free some seconds later: then the message comes again.
    private async Task<Refusal?> Place(FlashClaimedV1 claimed, Operation operation, CancellationToken cancel)
    {
        if (await DropRows.Find(store, claimed.ClaimId, cancel) is not { } claim) return FlashSaleRefusals.ClaimMissing;
        return await orders.GoOn(claim, cancel) ? null : throw new ContendedException(operation.Name);
    }
}
