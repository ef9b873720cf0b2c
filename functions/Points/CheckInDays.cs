using Pond.Kernel;

namespace Pond.Points;

/// <summary>The calendar as check-ins count it. Pure.</summary>
internal static class CheckInDays
{
    /// <summary>Days from one day to a later one; 0 to itself.</summary>
    public static int DaysTo(this ChinaDay from, ChinaDay to) => to.Date.DayNumber - from.Date.DayNumber;

    public static ChinaDay FirstOfMonth(this ChinaDay day) => day.AddDays(1 - day.Date.Day);

    /// <summary>The Monday of that day's week.</summary>
    public static ChinaDay Monday(this ChinaDay day) => day.AddDays(-(((int)day.Date.DayOfWeek + 6) % 7));

    /// <summary>All days of that day's month.</summary>
    public static IEnumerable<ChinaDay> Month(this ChinaDay day) => Enumerable
        .Range(0, DateTime.DaysInMonth(day.Date.Year, day.Date.Month)).Select(day.FirstOfMonth().AddDays);
}
