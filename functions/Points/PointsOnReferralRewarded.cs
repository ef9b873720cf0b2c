using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Referrals;

namespace Pond.Points;

/// <summary>REF-05: gives the points that a friend brings, and takes them back when the friend's order is.</summary>
public sealed class PointsOnReferralRewarded(Inbox inbox, Survivors survivors, Ids ids, PointsOptions options)
{
    [Function(nameof(PointsOnReferralRewarded))]
    public Task Run(
        [QueueTrigger(ReferralMessages.PointsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ReferralRewardV1>(
            nameof(PointsOnReferralRewarded), ReferralMessages.PointsQueue, message, Book, cancel);

    private async Task<Refusal?> Book(ReferralRewardV1 reward, Operation operation, CancellationToken cancel)
    {
        var cause = new Cause(Cause.Referral, reward.RewardId);
        var why = await Give(reward, cause, operation, cancel);
        if (reward.ReversedPoints == 0) return why;

        var taken = await survivors.Run(
            reward.MemberId,
            accountId => PointsRows.Undoing(accountId, cause, Direction.Earn),
            operation with { Key = $"{operation.Key} reversed" },
            (account, now) => OrderBookingRules.TakeBack(
                account, cause, new Share(reward.ReversedPoints, reward.Points), now),
            cancel);
        return taken.Refusal ?? why;
    }

    private async Task<Refusal?> Give(
        ReferralRewardV1 reward, Cause cause, Operation operation, CancellationToken cancel)
    {
        var (lotId, caps, before) = (ids.Next(), options.EarnCaps(), (Share?)null);
        var decision = await survivors.Run(
            reward.MemberId,
            accountId => PointsRows.Bringing(accountId, cause, caps),
            operation,
            (account, now) =>
            {
                // What an account that was merged has remembered ahead counts on the other one too.
                before = OrderBookingRules.Larger(before, account.Undone?.Ahead);
                return OrderBookingRules.Bring(
                    account, cause, lotId, reward.Points, caps, before, options.Expiry().EndOf(now), now);
            },
            cancel);
        return decision.Refusal;
    }
}
