using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Referrals;

namespace Pond.Coupons;

/// <summary>REF-05: claims the coupon that a friend brings, and takes it back when the friend's order is.</summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponOnReferralRewarded(
    Inbox inbox,
    CouponClaims claims,
    RefusedGifts refused,
    OrderGiftDesk gifts,
    Survivors survivors,
    PartitionStore store)
{
    [Function(nameof(CouponOnReferralRewarded))]
    public Task Run(
        [QueueTrigger(ReferralMessages.CouponsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ReferralRewardV1>(
            nameof(CouponOnReferralRewarded), ReferralMessages.CouponsQueue, message, Book, cancel);

    private async Task<Refusal?> Book(ReferralRewardV1 reward, Operation operation, CancellationToken cancel)
    {
        var templateId = reward.TemplateId!;
        var why = await Give(reward, templateId, operation, cancel);
        if (reward.IsRevoked) await gifts.Undeserve(reward.MemberId, reward.RewardId, templateId, count: 1, cancel);
        return why;
    }

    private async Task<Refusal?> Give(
        ReferralRewardV1 reward, string templateId, Operation operation, CancellationToken cancel)
    {
        var occasion = $"referral:{reward.RewardId}";
        if (await refused.Has(reward.MemberId, templateId, occasion, cancel)) return null;

        // Of the reward, not of the message: told again under another name, it is the same wish.
        var decision = await Claim(
            reward.MemberId, templateId, operation with { Key = $"{reward.MemberId} {templateId} {occasion}" }, cancel);
        if (decision.Refusal is { } why)
        {
            await refused.Keep(reward.MemberId, templateId, occasion, why, cancel);
            return why;
        }

        var coupon = decision.Facts.OfType<ShardEvent.Claimed>().Single().Coupon;
        await gifts.Give(reward.MemberId, reward.RewardId, coupon, cancel);
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
