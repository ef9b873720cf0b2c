using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.FlashSales;

/// <summary>FLS-03: adds slots to a shard that it asked another one for.</summary>
public sealed class DropOnSlotsLent(Inbox inbox, Transactor transactor)
{
    [Function(nameof(DropOnSlotsLent))]
    public Task Run(
        [QueueTrigger(FlashSaleMessages.LendingQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<FlashSlotsLentV1>(
            nameof(DropOnSlotsLent),
            FlashSaleMessages.LendingQueue,
            message,
            (lent, _, stop) => Receive(lent, stop),
            cancel);

    /// <summary>Adds them once, whether the message or the one who asked comes first.</summary>
    public async Task<Refusal?> Receive(FlashSlotsLentV1 lent, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            DropRows.Shard(lent.FlashSaleId, lent.ToShard, lent.Pieces, lent.Shards),
            new Operation(nameof(Receive), lent.LendingId, Fingerprint: null),
            (_, _) => DropRules.Receive(lent),
            cancel);
        return decision.Refusal;
    }
}
