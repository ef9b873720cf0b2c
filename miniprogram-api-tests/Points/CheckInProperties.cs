using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Points;

namespace Pond.Tests.Points;

[Rule("PTS-10")]
public sealed class CheckInProperties
{
    private const int DaysMax = 20;

    private static readonly ChinaDay First = ChinaDay.Parse("20260420");

    /// <summary>The reward of the n-th day is the n-th bit, so that a sum tells which days were paid.</summary>
    private static readonly StreakReward[] Bits =
        [.. Enumerable.Range(1, DaysMax).Select(days => new StreakReward(days, 1L << days))];

    [Fact]
    public void Runs_are_the_days_in_a_row_in_whatever_order_they_came() => Plays((days, _) =>
    {
        var checkIns = days.Aggregate(CheckIns.None, (all, day) => all.With(day));
        var inOrder = days.OrderBy(day => day.Date).ToArray();
        var streak = inOrder.Reverse().Select((day, back) => (day, back))
            .TakeWhile(each => each.day.AddDays(each.back) == inOrder[^1]).Count();
        return checkIns.TotalDays == days.Length
            && (checkIns.LastDay, checkIns.StreakDays) == (inOrder[^1], streak)
            && Enumerable.Range(0, DaysMax).Select(First.AddDays).All(day => checkIns.Has(day) == days.Contains(day))
            && checkIns.Runs.Zip(checkIns.Runs.Skip(1))
                .All(pair => pair.First.Until.AddDays(1).Date < pair.Second.From.Date);
    });

    [Fact]
    public void A_streak_is_paid_each_day_once_and_a_joined_one_never_less_nor_twice_for_a_part() =>
        Plays((days, cycle) =>
        {
            var (checkIns, paid) = (CheckIns.None, new Dictionary<ChinaDay, long>());
            foreach (var day in days)
            {
                paid[day] = CheckInRewards.OfMakeUp(checkIns, Programme(cycle), day).Sum(reward => reward.Points);
                checkIns = checkIns.With(day);
            }

            return Cycles(checkIns, cycle).All(run =>
            {
                var masks = run.Select(day => paid[day]).ToArray();
                var all = masks.Aggregate(0L, (sum, mask) => sum | mask);
                return all == (1L << (run.Length + 1)) - 2 && masks.Sum(long.PopCount) <= Most(run, days);
            });
        });

    [Fact]
    public void In_order_each_day_of_a_streak_is_paid_exactly_once() => Plays((days, cycle) =>
    {
        var (checkIns, paid) = (CheckIns.None, new Dictionary<ChinaDay, long>());
        foreach (var day in days.OrderBy(day => day.Date))
        {
            paid[day] = CheckInRewards.OfCheckIn(checkIns, Programme(cycle), day)
                .Sum(reward => reward.Points);
            checkIns = checkIns.With(day);
        }

        return Cycles(checkIns, cycle).All(run =>
            run.Select(day => paid[day]).SequenceEqual(Enumerable.Range(1, run.Length).Select(n => 1L << n)));
    });

    // A day that joins two runs pays one day more than the shorter of them is long.
    private static int Most(ChinaDay[] run, ChinaDay[] days)
    {
        var (seen, most) = (new HashSet<ChinaDay>(), 0);
        foreach (var day in days.Where(run.Contains))
        {
            var (before, after) = (day.Previous, day.Next);
            for (most++; seen.Contains(before) && seen.Contains(after); most++)
                (before, after) = (before.Previous, after.Next);
            seen.Add(day);
        }

        return most;
    }

    /// <summary>The runs, cut where the cycle begins anew.</summary>
    private static IEnumerable<ChinaDay[]> Cycles(CheckIns checkIns, CheckInCycle cycle) => checkIns.Runs
        .SelectMany(run => Enumerable.Range(0, run.Until.Date.DayNumber - run.From.Date.DayNumber + 1)
            .Select(run.From.AddDays)
            .GroupBy(day => cycle switch
            {
                CheckInCycle.Weekly => day.Date.DayNumber / 7, // the first day of all was a Monday
                CheckInCycle.Monthly => day.Date.Month,
                _ => 0,
            })
            .Select(part => part.ToArray()));

    private static CheckInProgramme Programme(CheckInCycle cycle) => new(1, 0, cycle, Bits, [], 0, 0);

    private static void Plays(Func<ChinaDay[], CheckInCycle, bool> isRight)
    {
        var orders =
            from count in Gen.Choose(1, DaysMax)
            from order in Gen.Shuffle(Enumerable.Range(0, DaysMax))
            select order.Take(count).Select(First.AddDays).ToArray();
        Prop.ForAll(
            orders.ToArbitrary(), Gen.Elements(Enum.GetValues<CheckInCycle>()).ToArbitrary(), isRight)
            .CheckThoroughly();
    }
}
