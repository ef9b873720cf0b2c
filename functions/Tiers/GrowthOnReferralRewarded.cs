using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Referrals;

namespace Pond.Tiers;

/// <summary>REF-05: gives the growth that a friend brings, and takes it back when the friend's order is.</summary>
public sealed class GrowthOnReferralRewarded(Inbox inbox, Survivors survivors, PartitionStore store)
{
    [Function(nameof(GrowthOnReferralRewarded))]
    public Task Run(
        [QueueTrigger(ReferralMessages.GrowthQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ReferralRewardV1>(
            nameof(GrowthOnReferralRewarded), ReferralMessages.GrowthQueue, message, Book, cancel);

    private async Task<Refusal?> Book(ReferralRewardV1 reward, Operation operation, CancellationToken cancel)
    {
        var cause = new GrowthCause(GrowthCause.Referral, reward.RewardId);
        var programme = await ProgrammeRows.Find(store, cancel);
        var why = await Run(operation, (account, trail, now) =>
            OrderGrowthRules.Bring(account, programme, cause, trail, reward.Growth, now));
        if (reward.ReversedGrowth == 0) return why;

        return await Run(operation with { Key = $"{operation.Key} reversed" }, (account, trail, now) =>
            OrderGrowthRules.TakeBack(account, programme, cause, trail, reward.ReversedGrowth, now)) ?? why;

        async Task<Refusal?> Run(
            Operation once, Func<TierAccount, OrderTrail, DateTimeOffset, Decision<TierEvent>> decide)
        {
            var trail = OrderTrail.None;
            var decision = await survivors.Run(
                reward.MemberId,
                memberId => TierRows.Undoing(memberId, cause),
                once,
                (account, now) =>
                {
                    trail = trail.With(account); // what was merged into another account changes no more
                    return decide(account, trail, now);
                },
                cancel);
            return decision.Refusal;
        }
    }
}
