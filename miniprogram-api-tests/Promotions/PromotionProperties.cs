using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Promotions;

namespace Pond.Tests.Promotions;

/// <summary>Schedules at any instant, and budgets through any history.</summary>
public sealed class PromotionProperties
{
    private static readonly DateTimeOffset Start = ChinaDay.Of(HandClock.Start).Start;

    private static Gen<OpenHours> Hours =>
        from days in Gen.Elements(Enum.GetValues<DayOfWeek>()).NonEmptyListOf()
        from fromHour in Gen.Choose(0, 23)
        from untilHour in Gen.Choose(1, 24).Where(hour => hour != fromHour)
        select new OpenHours([.. days.Distinct()], fromHour, untilHour);

    private static Gen<PromotionSchedule> Schedules =>
        from start in Gen.Choose(0, 14 * 24 * 60)
        from minutes in Gen.Choose(1, 20 * 24 * 60)
        from count in Gen.Choose(0, 3)
        from hours in Hours.ArrayOf(count)
        select new PromotionSchedule(Start.AddMinutes(start), Start.AddMinutes(start + minutes), hours);

    private static Arbitrary<(PromotionSchedule Schedule, DateTimeOffset Now)> Looks => (
        from schedule in Schedules
        from minute in Gen.Choose(-24 * 60, 36 * 24 * 60)
        from ticks in Gen.Elements(-1, 0, 1)
        select (schedule, Start.AddMinutes(minute).AddTicks(ticks))).ToArbitrary();

    [Fact, Rule("CMP-02")]
    public void The_next_change_is_exactly_where_it_opens_or_closes() => Prop.ForAll(Looks, look =>
    {
        var (schedule, now) = look;
        var isOpen = ScheduleRules.IsOpen(schedule, now);
        var next = ScheduleRules.NextChange(schedule, now);
        var until = next ?? schedule.EndsAt.AddDays(8);
        // Hours begin and end on the hour, so a look at each half hour misses none.
        var isSteady = Enumerable.Range(1, 60 * 48).Select(half => now.AddMinutes(30 * half))
            .TakeWhile(at => at < until).All(at => ScheduleRules.IsOpen(schedule, at) == isOpen);
        return isSteady && (next is not { } at
            || (at > now && ScheduleRules.IsOpen(schedule, at) != isOpen
                && ScheduleRules.IsOpen(schedule, at.AddTicks(-1)) == isOpen));
    }).CheckThoroughly();

    [Fact, Rule("CMP-02")]
    public void Nothing_is_open_before_the_start_or_from_the_end_on() => Prop.ForAll(Looks, look =>
        !ScheduleRules.IsOpen(look.Schedule, look.Schedule.StartsAt.AddTicks(-1))
        && !ScheduleRules.IsOpen(look.Schedule, look.Schedule.EndsAt)
        && (look.Schedule.Hours.Count > 0
            || (ScheduleRules.IsOpen(look.Schedule, look.Schedule.StartsAt)
                && ScheduleRules.IsOpen(look.Schedule, look.Schedule.EndsAt.AddTicks(-1))))).CheckThoroughly();

    [Theory, Rule("CMP-02")]
    [InlineData("2026-03-06T21:59:59.9999999+08:00", false)] // Friday
    [InlineData("2026-03-06T22:00:00+08:00", true)]
    [InlineData("2026-03-07T00:00:00+08:00", true)]
    [InlineData("2026-03-07T01:59:59.9999999+08:00", true)]
    [InlineData("2026-03-07T02:00:00+08:00", false)]
    [InlineData("2026-03-07T22:00:00+08:00", false)] // Saturday
    [InlineData("2026-03-06T01:00:00+08:00", false)] // the night after Thursday
    public void The_night_of_a_Friday_ends_on_Saturday(string instant, bool isOpen)
    {
        var schedule = new PromotionSchedule(
            Start, Start.AddDays(14), [new OpenHours([DayOfWeek.Friday], FromHour: 22, UntilHour: 2)]);
        Assert.Equal(isOpen, ScheduleRules.IsOpen(
            schedule, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact, Rule("CMP-03")]
    public void A_budget_counts_each_gift_once_and_never_keeps_more_than_there_is() => Prop.ForAll(
        (from max in Gen.Choose(1, 5)
         from count in Gen.Choose(1, 60)
         from steps in (
             from what in Gen.Choose(0, 3)
             from grant in Gen.Choose(0, 7)
             select (what, grant)).ArrayOf(count)
         select (max, steps)).ToArbitrary(),
        given =>
        {
            var (total, grants, now) = (BudgetTotal.Untouched, new Dictionary<int, BudgetGrant>(), Start);
            foreach (var (what, grant) in given.steps)
            {
                now = now.AddMinutes(1);
                var (desk, id) = (new BudgetDesk(total, grants.GetValueOrDefault(grant)), $"{grant}");
                var decision = what switch
                {
                    0 => BudgetRules.Reserve(desk, id, given.max, now),
                    1 => BudgetRules.Confirm(desk, id),
                    2 => BudgetRules.Release(desk),
                    _ => BudgetRules.Lapse(desk, now),
                };
                if (what == 0 && decision.Facts.Count > 0 && total.Coupons >= given.max) return false;
                if (desk.Grant is { FreeAt: null } && decision.Facts.Count > 0) return false; // given is given
                foreach (var moved in decision.Facts)
                {
                    total = moved.Total;
                    if (moved.Grant is null) grants.Remove(grant);
                    else grants[grant] = moved.Grant;
                }

                if (total.Coupons != grants.Count) return false;
            }

            return true;
        }).CheckThoroughly();
}
