using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>CPN-08: opens a gift for whoever has its token.</summary>
public sealed class GiftOnGiftOffered(Inbox inbox, Transactor transactor)
{
    [Function(nameof(GiftOnGiftOffered))]
    public Task Run(
        [QueueTrigger(CouponMessages.GiftQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<GiftOfferedV1>(
            nameof(GiftOnGiftOffered),
            CouponMessages.GiftQueue,
            message,
            (offer, _, token) => Open(offer, token),
            cancel);

    /// <summary>Opens it once, whether the message or the one who offers comes first.</summary>
    public async Task<Refusal?> Open(GiftOfferedV1 offer, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            GiftRows.Gift(GiftRows.Partition(offer.GiftKey)),
            new Operation(nameof(Open), offer.GiftId, Fingerprint: null),
            (gift, _) => GiftRules.Open(gift, offer),
            cancel);
        return decision.Refusal;
    }
}
