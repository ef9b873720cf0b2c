using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Tiers;

namespace Pond.Coupons;

/// <summary>
/// Claims a coupon that entering a tier brings (MBR-03), from the same stock and within the same limit as any other.
/// </summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponOnTierEntered(Inbox inbox, CouponGrants grants)
{
    [Function(nameof(CouponOnTierEntered))]
    public Task Run(
        [QueueTrigger(TierMessages.CouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TierCouponV1>(nameof(CouponOnTierEntered), TierMessages.CouponsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(TierCouponV1 entered, Operation operation, CancellationToken cancel)
    {
        var occasion = string.Create(CultureInfo.InvariantCulture, $"tier:{entered.Code}:{entered.Cycle}");
        return (await grants.Grant(entered.MemberId, entered.TemplateId, occasion, operation, cancel)).WhyNot;
    }
}
