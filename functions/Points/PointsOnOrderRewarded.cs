using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Points;

/// <summary>PTS-12: gives the points that a paid order brings, and those that promotions bring with it.</summary>
public sealed class PointsOnOrderRewarded(Inbox inbox, Survivors survivors, Ids ids, PointsOptions options)
{
    [Function(nameof(PointsOnOrderRewarded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RewardPointsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRewardsV1>(
            nameof(PointsOnOrderRewarded), OrderMessages.RewardPointsQueue, message, Give, cancel);

    private async Task<Refusal?> Give(OrderRewardsV1 rewards, Operation operation, CancellationToken cancel)
    {
        var (cause, gift) = (OrderBookingRules.CauseOf(rewards.OrderId), OrderBookingRules.GiftOf(rewards.OrderId));
        var why = await Give(rewards.MemberId, cause, rewards.Points, operation, cancel);
        var whyNoGift = await Give(
            rewards.MemberId, gift, rewards.GiftPoints, operation with { Key = $"{operation.Key} gift" }, cancel);
        return why ?? whyNoGift;
    }

    private async Task<Refusal?> Give(
        string memberId, Cause cause, long points, Operation operation, CancellationToken cancel)
    {
        if (points == 0) return null;

        var (lotId, caps, before) = (ids.Next(), options.EarnCaps(), (Share?)null);
        var decision = await survivors.Run(
            memberId,
            accountId => PointsRows.Bringing(accountId, cause, caps),
            operation,
            (account, now) =>
            {
                // What an account that was merged has remembered ahead counts on the other one too.
                before = OrderBookingRules.Larger(before, account.Undone?.Ahead);
                return OrderBookingRules.Bring(
                    account, cause, lotId, points, caps, before, options.Expiry().EndOf(now), now);
            },
            cancel);
        return decision.Refusal;
    }
}
