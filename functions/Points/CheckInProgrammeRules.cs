using Pond.Kernel;

namespace Pond.Points;

/// <summary>PTS-10: what makes a programme of check-ins, and who changes it last. Pure.</summary>
public static class CheckInProgrammeRules
{
    private const int DaysPerWeek = 7;
    private const int DaysPerMonthMax = 31;

    /// <summary>
    /// Sets a programme in place of the version that the operator has seen. The same again changes nothing.
    /// </summary>
    /// <param name="wanted">With the version that it is to replace.</param>
    public static Decision<CheckInProgrammeChanged> Change(
        CheckInProgramme? current, CheckInProgramme wanted, string operatorId, string reason, DateTimeOffset now)
    {
        if (WhyNot(wanted) is { } why) return why;
        var after = wanted with { Version = wanted.Version + 1 };
        if (current is not null && IsSame(current, after)) return Decision<CheckInProgrammeChanged>.Nothing;
        if (wanted.Version != (current?.Version ?? 0)) return PointsRefusals.ProgrammeStale;

        return new CheckInProgrammeChanged(current, after, operatorId, reason, now);
    }

    /// <summary>Why this is no programme, or null.</summary>
    public static Refusal? WhyNot(CheckInProgramme programme)
    {
        var (streaks, counts) = (programme.StreakRewards, programme.CountRewards);
        if (streaks.DistinctBy(reward => reward.Days).Count() < streaks.Count) return PointsRefusals.RewardTwice;
        if (counts.DistinctBy(reward => (reward.Period, reward.Days)).Count() < counts.Count)
            return PointsRefusals.RewardTwice;
        if (streaks.Any(reward => reward.Days > LongestStreak(programme.Cycle))) return PointsRefusals.RewardBeyond;
        if (counts.Any(reward => reward is { Period: CheckInPeriod.Month, Days: > DaysPerMonthMax }))
            return PointsRefusals.RewardBeyond;
        if (programme.Cycle is CheckInCycle.AfterLast && streaks.Count == 0) return PointsRefusals.CycleEmpty;
        return programme.MakeUpCards > 0 != programme.MakeUpDays > 0 ? PointsRefusals.CardsUseless : null;
    }

    private static int LongestStreak(CheckInCycle cycle) => cycle switch
    {
        CheckInCycle.Weekly => DaysPerWeek,
        CheckInCycle.Monthly => DaysPerMonthMax,
        _ => CheckInProgramme.StreakDaysMax,
    };

    private static bool IsSame(CheckInProgramme one, CheckInProgramme other) =>
        one.StreakRewards.SequenceEqual(other.StreakRewards)
        && one.CountRewards.SequenceEqual(other.CountRewards)
        && one == other with { StreakRewards = one.StreakRewards, CountRewards = one.CountRewards };
}
