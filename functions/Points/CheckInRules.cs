using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>PTS-10: one check-in a China day, with a reward. Pure.</summary>
public static class CheckInRules
{
    /// <summary>The cause of a day's reward: the day itself, so that it can never come twice.</summary>
    public static Cause CauseOf(ChinaDay day) => new(Cause.CheckIn, day.ToString());

    /// <param name="today">The day on which the member asked; a try that runs past midnight still counts for it.</param>
    /// <param name="rewardPoints">0 or more; 0 checks in without a reward.</param>
    public static Decision<PointsEvent> CheckIn(
        PointsAccount account, ChinaDay today, string lotId, long rewardPoints, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        var before = account.CheckIns;
        if (before.LastDay is { } last && last.Date >= today.Date) return PointsRefusals.DoneToday;

        var checkedIn = new PointsEvent.CheckedIn(today, before.StreakOn(today) + 1, before.TotalDays + 1, rewardPoints);
        if (rewardPoints == 0) return checkedIn;

        var reward = PointsRules.Earn(account, CauseOf(today), lotId, rewardPoints, expiresAt, now);
        return reward.Refusal is { } refusal ? refusal : new PointsEvent[] { checkedIn }.Concat(reward.Facts).ToArray();
    }
}
