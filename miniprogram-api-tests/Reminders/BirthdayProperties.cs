using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Reminders;

namespace Pond.Tests.Reminders;

/// <summary>However often somebody looks, and whatever a member says of it, a year has one birthday.</summary>
[Rule("CARE-01")]
public sealed class BirthdayProperties
{
    private static readonly MemberStanding Member = new("m", MemberStatus.Active);

    private static Gen<(int Month, int Day)> Dates => Gen.Choose(0, 365)
        .Select(number => new DateOnly(2028, 1, 1).AddDays(number)).Select(date => (date.Month, date.Day)); // a leap year

    [Fact]
    public void A_year_has_one_birthday_whenever_it_is_looked_at_and_however_often_it_is_changed() => Prop.ForAll(
        (from days in Gen.Choose(1, 90).ListOf()
         from changes in (from date in Dates from at in Gen.Choose(0, 1_000) select (date, at)).ListOf()
         select (days, changes)).ToArbitrary(),
        given =>
        {
            var (now, day, heard) = (HandClock.Start, 0, new List<int>());
            BirthdayState state = new(Member, null);
            foreach (var step in given.days)
            {
                (now, day) = (now.AddDays(step), day + step);
                if (given.changes.Where(one => one.at <= day).OrderBy(one => one.at).LastOrDefault() is not { date.Month: > 0 } told)
                    continue;
                var birthday = new Birthday(told.date.Month, told.date.Day, HandClock.Start.AddDays(told.at));
                var decision = BirthdayRules.Plan(state, birthday, TimeSpan.FromDays(7), now);
                if (decision.Facts is not [{ Touch: { } touch } planned]) continue;
                if (birthday.SetAt.AddDays(BirthdayRules.SetDaysMin) > touch.NotBefore || touch.Until <= now) return false;
                heard.Add(planned.Last.Year);
                state = state with { Last = planned.Last };
            }

            return heard.Distinct().Count() == heard.Count;
        }).CheckThoroughly();

    [Fact]
    public void Who_is_looked_at_every_day_is_greeted_on_their_day_of_every_year() => Prop.ForAll(
        (from date in Dates from lead in Gen.Choose(3, 14) select (date, lead)).ToArbitrary(),
        given =>
        {
            var birthday = new Birthday(given.date.Month, given.date.Day, HandClock.Start.AddYears(-1));
            var (state, days) = (new BirthdayState(Member, null), new List<DateOnly>());
            for (var now = HandClock.Start; now < HandClock.Start.AddYears(3); now = now.AddDays(1))
            {
                if (BirthdayRules.Plan(state, birthday, TimeSpan.FromDays(given.lead), now).Facts is not [{ } planned]) continue;
                days.Add(ChinaDay.Of(planned.Touch!.NotBefore).Date);
                state = state with { Last = planned.Last };
            }

            return days.Count is 3 or 4 && days.All(day => day.Month == given.date.Month
                && day.Day == Math.Min(given.date.Day, DateTime.DaysInMonth(day.Year, day.Month)));
        }).CheckThoroughly();

    [Fact]
    public void Looks_lie_three_to_fourteen_days_before() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        number =>
        {
            var hash = new byte[32];
            BinaryPrimitives.WriteInt32BigEndian(hash, number);
            return BirthdayRules.LeadOf(hash) is { TotalDays: >= 3 and < 14 };
        }).CheckThoroughly();
}
