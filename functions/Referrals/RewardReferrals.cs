using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>REF-05: every minute, rewards those whose friends have kept what they bought.</summary>
public sealed class RewardReferrals(
    DueSweep sweep, Transactor transactor, PartitionStore store, Survivors survivors, Ids ids, TimeProvider clock)
{
    /// <summary>Friends of one referrer that one visit looks at.</summary>
    public const int FriendsPerVisit = 100;

    [Function(nameof(RewardReferrals))]
    public Task Run([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(ReferralRows.RewardsDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (from, until) = Keys.Under(ReferralRows.DuePrefix);
        var page = await store.Range(partition, from, until, FriendsPerVisit, cancel);
        var now = clock.GetUtcNow();
        var (rewarded, nextAt) = (0, page.Next is null ? (DateTimeOffset?)null : now);
        foreach (var row in page.Rows)
        {
            var at = Stored.Read<DueReward>(row.Data).At;
            if (at > now) nextAt = nextAt < at ? nextAt : at;
            else rewarded += await Reward(ReferralRows.SharerIn(partition), row.Key[from.Length..], cancel);
        }

        return new DueVisit(rewarded, nextAt);
    }

    // Of the budget first, under the friend's name for good: then no two get the last one, and none is taken twice.
    private async Task<int> Reward(string sharerId, string memberId, CancellationToken cancel)
    {
        var (sharer, member) = (survivors.Find(sharerId, cancel), survivors.Find(memberId, cancel));
        await Task.WhenAll(sharer, member);
        var seen = await ReferralRows.Find(store, sharerId, memberId, cancel);
        var hasBudget = !Pays(Decide(seen, hasBudget: true, clock.GetUtcNow()))
            || await TakeOfBudget(sharerId + memberId, cancel);
        var decision = await transactor.Run(
            ReferralRows.Of(sharerId, memberId),
            new Operation(nameof(RewardReferrals), ids.Next(), Fingerprint: null), // the state tells what is done
            (desk, now) => Decide(desk, hasBudget, now),
            cancel);
        return decision.Facts.Count;

        Decision<FriendMoved> Decide(ReferralDesk desk, bool hasBudget, DateTimeOffset now) =>
            ReferralRules.Reward(desk, sharer.Result, member.Result, hasBudget, now);
    }

    private async Task<bool> TakeOfBudget(string referralId, CancellationToken cancel)
    {
        var programme = await ReferralProgrammeRows.Find(store, cancel);
        var taken = await transactor.Run(
            ReferralProgrammeRows.Budget,
            new Operation(nameof(RewardReferrals), referralId, Fingerprint: null),
            (budget, _) => ReferralProgrammeRules.Take(budget, programme.RewardsMax),
            cancel);
        return taken.Refusal is null;
    }

    private static bool Pays(Decision<FriendMoved> decision) =>
        decision.Facts is [{ Friend.State: FriendState.Rewarded }];
}
