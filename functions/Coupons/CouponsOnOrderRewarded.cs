using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>
/// CPN-11: claims the coupons that a paid order brings, from the same stock and within the same limit as any other.
/// </summary>
/// <remarks>What is refused is not made up for later, but kept where service finds it.</remarks>
public sealed class CouponsOnOrderRewarded(Inbox inbox, CouponGrants grants, OrderGiftDesk gifts)
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
        var (coupon, why) = await grants.GrantOnce(rewards.MemberId, templateId, occasion, operation, cancel);
        if (coupon is not null) await gifts.Give(rewards.MemberId, rewards.OrderId, coupon, cancel);
        return why;
    }
}
