using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Referrals;

namespace Pond.Coupons;

/// <summary>REF-05: claims the coupon that a friend brings, and takes it back when the friend's order is.</summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponOnReferralRewarded(Inbox inbox, CouponGrants grants, OrderGiftDesk gifts)
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
        var (coupon, why) = await grants.GrantOnce(
            reward.MemberId, templateId, $"referral:{reward.RewardId}", operation, cancel);
        if (coupon is not null) await gifts.Give(reward.MemberId, reward.RewardId, coupon, cancel);
        return why;
    }
}
