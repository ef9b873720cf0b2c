using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// CPN-11: claims the coupons that a paid order brings, from the same stock and within the same limit as any other.
/// </summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponsOnOrderRewarded(
    Inbox inbox,
    CouponClaims claims,
    RefusedGifts refused,
    OrderGiftDesk gifts,
    Survivors survivors,
    PartitionStore store)
{
    [Function(nameof(CouponsOnOrderRewarded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RewardCouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRewardsV1>(
            nameof(CouponsOnOrderRewarded), OrderMessages.RewardCouponsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(OrderRewardsV1 rewards, Operation operation, CancellationToken cancel)
    {
        Refusal? why = null;
        foreach (var same in rewards.CouponTemplateIds.GroupBy(id => id))
        {
            foreach (var number in Enumerable.Range(1, same.Count()))
            {
                var whyNot = await Give(rewards, same.Key, number, operation, cancel);
                why ??= whyNot;
            }
        }

        return why;
    }

    private async Task<Refusal?> Give(
        OrderRewardsV1 rewards, string templateId, int number, Operation operation, CancellationToken cancel)
    {
        var occasion = string.Create(CultureInfo.InvariantCulture, $"order:{rewards.OrderId}:{number}");
        if (await refused.Has(rewards.MemberId, templateId, occasion, cancel)) return null;

        // Of the order, not of the message: told again under another name, it is the same wish.
        var claim = operation with { Key = $"{rewards.MemberId} {templateId} {occasion}" };
        var decision = await Claim(rewards.MemberId, templateId, claim, cancel);
        if (decision.Refusal is { } why)
        {
            await refused.Keep(rewards.MemberId, templateId, occasion, why, cancel);
            return why;
        }

        var coupon = decision.Facts.OfType<ShardEvent.Claimed>().Single().Coupon;
        await gifts.Give(rewards.MemberId, rewards.OrderId, coupon, cancel);
        return null;
    }

    // Whoever the member has become: the claim is theirs under the id that it began with, so it is one claim.
    private async Task<Decision<ShardEvent>> Claim(
        string memberId, string templateId, Operation operation, CancellationToken cancel)
    {
        if (MemberStanding.WhyNot(await survivors.Find(memberId, cancel)) is { } why) return why;
        return await TemplateRows.Find(store, templateId, cancel) is { } template
            ? await claims.Claim(template, memberId, operation, cancel)
            : CouponRefusals.TemplateMissing;
    }
}
