using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tiers;

namespace Pond.Coupons;

/// <summary>
/// Claims a coupon that entering a tier brings (MBR-03), from the same stock and within the same limit as any other.
/// </summary>
/// <remarks>A refusal is final, and the log tells of it: what is sold out or closed is not made up for.</remarks>
public sealed class CouponOnTierEntered(Inbox inbox, CouponClaims claims, PartitionStore store)
{
    [Function(nameof(CouponOnTierEntered))]
    public Task Run(
        [QueueTrigger(TierMessages.CouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TierCouponV1>(nameof(CouponOnTierEntered), TierMessages.CouponsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(TierCouponV1 entered, Operation operation, CancellationToken cancel)
    {
        var member = await store.Find<MemberStanding>(
            MemberRows.Partition(entered.MemberId), MemberRows.Head, cancel);
        if (MemberStanding.WhyNot(member) is { } why) return why;
        if (await TemplateRows.Find(store, entered.TemplateId, cancel) is not { } template)
            return CouponRefusals.TemplateMissing;

        return (await claims.Claim(template, entered.MemberId, operation, cancel)).Refusal;
    }
}
