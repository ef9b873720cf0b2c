using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>CPN-07: claims the coupon of a held code where the member's claims are counted.</summary>
public sealed class ShardOnCodeHeld(Inbox inbox, Transactor transactor, Ids ids)
{
    [Function(nameof(ShardOnCodeHeld))]
    public Task Run(
        [QueueTrigger(CouponMessages.CodeClaimQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CodeHeldV1>(
            nameof(ShardOnCodeHeld),
            CouponMessages.CodeClaimQueue,
            message,
            async (held, _, token) => (await Claim(held, token)).Refusal,
            cancel);

    /// <summary>Decides once for each hold, whether the message or the one who redeems comes first.</summary>
    public Task<Decision<ShardEvent>> Claim(CodeHeldV1 held, CancellationToken cancel)
    {
        var (home, seed) = (ShardRows.HomeOf(held.MemberId, held.Shards), ids.Next());
        return transactor.Run(
            ShardRows.Desk(held.TemplateId, home, held.MemberId),
            new Operation(nameof(Claim), held.HoldId, Fingerprint: null),
            (desk, now) => ClaimRules.ClaimByCode(desk, held, seed, now),
            cancel);
    }
}
