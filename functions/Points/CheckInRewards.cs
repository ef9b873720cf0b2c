using System.Globalization;
using Pond.Kernel;

namespace Pond.Points;

/// <summary>Points for one reason of a check-in.</summary>
public sealed record CheckInReward(Cause Cause, long Points);

/// <summary>PTS-10: what a day brings that is checked in, or made up for. Pure.</summary>
public static class CheckInRewards
{
    /// <summary>What a check-in on that day brings.</summary>
    public static IReadOnlyList<CheckInReward> OfCheckIn(CheckIns before, CheckInProgramme programme, ChinaDay day) =>
        Some([new CheckInReward(CheckInRules.CauseOf(day), programme.DailyPoints), .. Further(before, programme, day)]);

    /// <summary>
    /// The same of a card: nothing for the day itself, and of streaks what the joined one newly reaches.
    /// </summary>
    public static IReadOnlyList<CheckInReward> OfMakeUp(CheckIns before, CheckInProgramme programme, ChinaDay day) =>
        Some(Further(before, programme, day));

    /// <summary>The next day that a streak reward falls on, when every day until then is checked in.</summary>
    /// <param name="from">The next day to check in.</param>
    public static (ChinaDay Day, long Points)? NextOfStreak(CheckIns before, CheckInProgramme programme, ChinaDay from)
    {
        var (day, streak) = (from, InCycle(before, programme.Cycle, from) + 1);
        for (var ahead = 0; ahead < CheckInProgramme.StreakDaysMax; ahead++)
        {
            if (PointsOn(streak, programme) is > 0 and var points) return (day, points);
            (day, streak) = (day.Next, CycleStart(day.Next, programme.Cycle) == day.Next ? 1 : streak + 1);
        }

        return null;
    }

    private static IEnumerable<CheckInReward> Further(CheckIns before, CheckInProgramme programme, ChinaDay day)
    {
        yield return new CheckInReward(
            new Cause(Cause.CheckInStreak, day.ToString()), NewlyReached(before, programme, day));

        var ofMonth = before.DaysOfMonth(day).Count + 1;
        var month = day.Date.ToString("yyyyMM", CultureInfo.InvariantCulture);
        yield return Count(programme, CheckInPeriod.Month, ofMonth, Cause.CheckInMonth, $"{month}.");
        yield return Count(programme, CheckInPeriod.AllTime, before.TotalDays + 1, Cause.CheckInTotal, "");
    }

    // A day between two runs joins them. Whatever the longer of them has reached was paid while it grew.
    private static long NewlyReached(CheckIns before, CheckInProgramme programme, ChinaDay day)
    {
        var earlier = InCycle(before, programme.Cycle, day);
        var later = Math.Min(before.DaysFrom(day.Next), DaysLeft(day, programme.Cycle));
        var paid = Math.Max(earlier, later);
        return Enumerable.Range(paid + 1, earlier + 1 + later - paid).Sum(streak => PointsOn(streak, programme));
    }

    private static long PointsOn(int streak, CheckInProgramme programme)
    {
        var table = programme.StreakRewards;
        var days = programme.Cycle is CheckInCycle.AfterLast && table.Count > 0
            ? ((streak - 1) % table.Max(reward => reward.Days)) + 1
            : streak;
        return table.FirstOrDefault(reward => reward.Days == days)?.Points ?? 0;
    }

    private static int InCycle(CheckIns before, CheckInCycle cycle, ChinaDay day) => Math.Min(
        before.DaysUpTo(day.Previous), CycleStart(day, cycle) is { } start ? start.DaysTo(day) : int.MaxValue);

    private static ChinaDay? CycleStart(ChinaDay day, CheckInCycle cycle) => cycle switch
    {
        CheckInCycle.Weekly => day.Monday(),
        CheckInCycle.Monthly => day.FirstOfMonth(),
        _ => null,
    };

    private static int DaysLeft(ChinaDay day, CheckInCycle cycle) => cycle switch
    {
        CheckInCycle.Weekly => day.DaysTo(day.Monday().AddDays(6)),
        CheckInCycle.Monthly => day.DaysTo(day.NextMonth) - 1,
        _ => int.MaxValue,
    };

    private static CheckInReward Count(
        CheckInProgramme programme, CheckInPeriod period, int days, string kind, string prefix)
    {
        var reward = programme.CountRewards.FirstOrDefault(each => each.Period == period && each.Days == days);
        var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{days}");
        return new CheckInReward(new Cause(kind, id), reward?.Points ?? 0);
    }

    private static IReadOnlyList<CheckInReward> Some(IEnumerable<CheckInReward> rewards) =>
        [.. rewards.Where(reward => reward.Points > 0)];
}
