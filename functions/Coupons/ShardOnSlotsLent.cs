using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>Adds slots to a shard: lent ones that it asked for, or such as were in no shard.</summary>
public sealed class ShardOnSlotsLent(Inbox inbox, Transactor transactor)
{
    [Function(nameof(ShardOnSlotsLent))]
    public Task Run(
        [QueueTrigger(CouponMessages.LendingQueue, Connection = "PondStorage")]
        string message, CancellationToken cancel) =>
        inbox.Handle<SlotsLentV1>(
            nameof(ShardOnSlotsLent),
            CouponMessages.LendingQueue,
            message,
            (lent, _, token) => Receive(lent, token),
            cancel);

    /// <summary>Adds them once, whether the message or the one who asked comes first.</summary>
    public async Task<Refusal?> Receive(SlotsLentV1 lent, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            ShardRows.Shard(lent.TemplateId, lent.ToShard),
            new Operation(nameof(Receive), lent.LendingId, Fingerprint: null),
            (desk, _) => ClaimRules.ReceiveSlots(desk, lent),
            cancel);
        return decision.Refusal;
    }
}
