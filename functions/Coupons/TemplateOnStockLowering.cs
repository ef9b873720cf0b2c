using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-04: takes free slots out of the shards of a stock that is being lowered, then lowers it.</summary>
public sealed class TemplateOnStockLowering(Inbox inbox, Transactor transactor, PartitionStore store)
{
    [Function(nameof(TemplateOnStockLowering))]
    public Task Run(
        [QueueTrigger(CouponMessages.StockQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<StockLoweringV1>(
            nameof(TemplateOnStockLowering),
            CouponMessages.StockQueue,
            message,
            (lowering, _, token) => Finish(lowering.TemplateId, token),
            cancel);

    /// <summary>Does it once, whether the message or the one who lowers comes first.</summary>
    public async Task<Refusal?> Finish(string templateId, CancellationToken cancel)
    {
        var template = await TemplateRows.Find(store, templateId, cancel);
        if (template?.Lowering is not { } lowering) return null;

        var taken = 0;
        for (var shard = 0; shard < template.Shards && taken < lowering.Wanted; shard++)
            taken += await Take(templateId, shard, lowering, lowering.Wanted - taken, cancel);
        var decision = await transactor.Run(
            TemplateRows.Template(templateId),
            new Operation(nameof(TemplateOnStockLowering), lowering.Id, Fingerprint: null),
            (found, now) => StockRules.Finish(found, lowering.Id, taken, now),
            cancel);
        return decision.Refusal;
    }

    // The shard remembers what it let go of, so that asking again takes nothing more.
    private async Task<int> Take(
        string templateId, int shard, StockLowering lowering, int count, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            ShardRows.Shard(templateId, shard),
            new Operation(nameof(Take), lowering.Id, Fingerprint: null),
            (desk, _) => ClaimRules.SetAside(desk, count),
            cancel);
        return decision.Facts is [ShardEvent.SlotsSetAside aside]
            ? SlotRanges.CountOf(aside.Slots)
            : throw new ContendedException(nameof(Take)); // the shard is not open yet
    }
}
