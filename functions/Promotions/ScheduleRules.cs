using Pond.Kernel;

namespace Pond.Promotions;

/// <summary>CMP-02: the clock opens and closes, at each call anew. Pure.</summary>
public static class ScheduleRules
{
    /// <summary>Sets of hours of one schedule.</summary>
    public const int HoursMax = 14;

    public const int HoursPerDay = 24;
    public const int DaysPerWeek = 7;

    /// <summary>From the start to the end.</summary>
    public static readonly TimeSpan RangeMax = TimeSpan.FromDays(366);

    // Far from the ends of what a date can hold: nothing here overflows.
    private static readonly ChinaDay Earliest = new(new DateOnly(2020, 1, 1));
    private static readonly ChinaDay Latest = new(new DateOnly(2100, 1, 1));

    /// <summary>Why a schedule makes no sense, or null.</summary>
    public static Refusal? WhyUnsound(PromotionSchedule schedule)
    {
        if (schedule.StartsAt >= schedule.EndsAt || schedule.EndsAt - schedule.StartsAt > RangeMax
            || schedule.StartsAt < Earliest.Start || schedule.EndsAt > Latest.Start)
            return PromotionPlanRefusals.BadRange;
        if (schedule.Hours.Any(hours => hours.FromHour == hours.UntilHour)) return PromotionPlanRefusals.BadHours;
        return IsOpen(schedule, schedule.StartsAt) || NextChange(schedule, schedule.StartsAt) is not null
            ? null
            : PromotionPlanRefusals.NeverOpen;
    }

    public static bool IsOpen(PromotionSchedule schedule, DateTimeOffset now) =>
        schedule.StartsAt <= now && now < schedule.EndsAt
        && (schedule.Hours.Count == 0 || schedule.Hours.Any(hours => IsWithin(hours, now)));

    /// <summary>The next instant at which it opens or closes; null when it never does any more.</summary>
    public static DateTimeOffset? NextChange(PromotionSchedule schedule, DateTimeOffset now)
    {
        var isOpen = IsOpen(schedule, now);
        return Edges(schedule, now).Where(at => at > now).Order().Cast<DateTimeOffset?>()
            .FirstOrDefault(at => IsOpen(schedule, at!.Value) != isOpen);
    }

    private static bool IsWithin(OpenHours hours, DateTimeOffset now)
    {
        var today = ChinaDay.Of(now);
        return IsWithin(hours, today, now) || IsWithin(hours, today.Previous, now);
    }

    private static bool IsWithin(OpenHours hours, ChinaDay day, DateTimeOffset now) =>
        hours.Weekdays.Contains(day.Date.DayOfWeek) && From(hours, day) <= now && now < Until(hours, day);

    // A week and the nights around it hold every edge there is: after that they come back.
    private static IEnumerable<DateTimeOffset> Edges(PromotionSchedule schedule, DateTimeOffset now)
    {
        yield return schedule.StartsAt;
        yield return schedule.EndsAt;
        var first = ChinaDay.Of(now < schedule.StartsAt ? schedule.StartsAt : now).Previous;
        for (var days = 0; days <= DaysPerWeek + 1; days++)
        {
            var day = first.AddDays(days);
            foreach (var hours in schedule.Hours.Where(one => one.Weekdays.Contains(day.Date.DayOfWeek)))
            {
                yield return From(hours, day);
                yield return Until(hours, day);
            }
        }
    }

    private static DateTimeOffset From(OpenHours hours, ChinaDay day) => day.Start.AddHours(hours.FromHour);

    private static DateTimeOffset Until(OpenHours hours, ChinaDay day) =>
        (hours.UntilHour > hours.FromHour ? day : day.Next).Start.AddHours(hours.UntilHour);
}
