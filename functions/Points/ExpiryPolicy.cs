using Pond.Kernel;

namespace Pond.Points;

/// <summary>PTS-07: when points end that are earned now: always at a midnight in China, after now. Pure.</summary>
public abstract record ExpiryPolicy
{
    private ExpiryPolicy()
    {
    }

    /// <summary>The instant from which they cannot be spent; null when they last for ever.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset now) => LastDay(ChinaDay.Of(now))?.Next.Start;

    private protected abstract ChinaDay? LastDay(ChinaDay today);

    /// <summary>They last for ever.</summary>
    public sealed record Never : ExpiryPolicy
    {
        private protected override ChinaDay? LastDay(ChinaDay today) => null;
    }

    /// <summary>So many days after today.</summary>
    public sealed record AfterDays(int Days) : ExpiryPolicy
    {
        private protected override ChinaDay? LastDay(ChinaDay today) => today.AddDays(Days);
    }

    /// <summary>
    /// So many months on (31 January + 1 is the end of February), and from there to the end of the period.
    /// </summary>
    public sealed record AfterMonths(int Months, ExpiryRounding Rounding) : ExpiryPolicy
    {
        private protected override ChinaDay? LastDay(ChinaDay today)
        {
            var day = today.AddMonths(Months);
            if (Rounding is ExpiryRounding.Day) return day;
            var months = (int)Rounding;
            return day.AddMonths(months - 1 - ((day.Date.Month - 1) % months)).NextMonth.Previous;
        }
    }

    /// <summary>The next such day of a year, today included; in a shorter month its last.</summary>
    public sealed record EachYear(int Month, int Day) : ExpiryPolicy
    {
        private protected override ChinaDay? LastDay(ChinaDay today)
        {
            var thisYear = In(today.Date.Year);
            return today.Date <= thisYear.Date ? thisYear : In(today.Date.Year + 1);
        }

        private ChinaDay In(int year) =>
            new(new DateOnly(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month))));
    }
}

/// <summary>The period at whose end points end. Its value is how many months it has.</summary>
public enum ExpiryRounding
{
    /// <summary>Not rounded at all.</summary>
    Day = 0,
    Month = 1,
    Quarter = 3,
    HalfYear = 6,
    Year = 12,
}
