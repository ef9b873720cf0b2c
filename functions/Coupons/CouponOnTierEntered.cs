using System.Globalization;
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
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponOnTierEntered(
    Inbox inbox, CouponClaims claims, RefusedGifts refused, Survivors survivors, PartitionStore store)
{
    [Function(nameof(CouponOnTierEntered))]
    public Task Run(
        [QueueTrigger(TierMessages.CouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TierCouponV1>(nameof(CouponOnTierEntered), TierMessages.CouponsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(TierCouponV1 entered, Operation operation, CancellationToken cancel)
    {
        var occasion = string.Create(CultureInfo.InvariantCulture, $"tier:{entered.Code}:{entered.Cycle}");
        if (await refused.Has(entered.MemberId, entered.TemplateId, occasion, cancel)) return null;

        var why = await Claim(entered, operation, cancel);
        if (why is not null) await refused.Keep(entered.MemberId, entered.TemplateId, occasion, why, cancel);
        return why;
    }

    private async Task<Refusal?> Claim(TierCouponV1 entered, Operation operation, CancellationToken cancel)
    {
        // Whoever the member has become: the claim is theirs under the id that it began with, so it is one claim.
        if (MemberStanding.WhyNot(await survivors.Find(entered.MemberId, cancel)) is { } why) return why;
        if (await TemplateRows.Find(store, entered.TemplateId, cancel) is not { } template)
            return CouponRefusals.TemplateMissing;

        return (await claims.Claim(template, entered.MemberId, operation, cancel)).Refusal;
    }
}
