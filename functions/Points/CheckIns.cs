using Pond.Kernel;

namespace Pond.Points;

/// <summary>A member's days of checking in.</summary>
/// <param name="StreakDays">Days in a row up to the last one.</param>
public sealed record CheckIns(ChinaDay? LastDay, int StreakDays, int TotalDays)
{
    public static readonly CheckIns None = new(null, 0, 0);

    private readonly IReadOnlyList<DayRun>? runs;

    /// <summary>
    /// Days in a row, the oldest run first; two runs never touch. Only those of the months that can still be made up
    /// for are kept. Rows from before there were runs have the streak alone.
    /// </summary>
    public IReadOnlyList<DayRun> Runs
    {
        get => runs ?? (LastDay is { } last ? [new DayRun(last.AddDays(1 - StreakDays), last)] : []);
        init => runs = value;
    }

    /// <summary>Missed days that a card has made good, of the same months.</summary>
    public IReadOnlyList<MakeUp> MakeUps { get; init; } = [];

    /// <summary>Days in a row as of that day: it lives on until a whole day has passed without a check-in.</summary>
    public int StreakOn(ChinaDay day) => LastDay == day || LastDay == day.Previous ? StreakDays : 0;

    /// <summary>Whether that day counts.</summary>
    public bool Has(ChinaDay day) => Around(day) is not null;

    /// <summary>Days in a row that end with that day.</summary>
    public int DaysUpTo(ChinaDay day) => Around(day) is { } run ? run.From.DaysTo(day) + 1 : 0;

    /// <summary>Days in a row that begin with that day.</summary>
    public int DaysFrom(ChinaDay day) => Around(day) is { } run ? day.DaysTo(run.Until) + 1 : 0;

    /// <summary>Days of that day's month.</summary>
    public IReadOnlyList<ChinaDay> DaysOfMonth(ChinaDay day) =>
        [.. day.Month().Where(Has)];

    /// <summary>Cards that were used in that day's month.</summary>
    public int CardsUsed(ChinaDay day) => MakeUps.Count(makeUp => makeUp.UsedOn.FirstOfMonth() == day.FirstOfMonth());

    /// <summary>With one day more, which is not among them.</summary>
    public CheckIns With(ChinaDay day)
    {
        var (before, after) = (DaysUpTo(day.Previous), DaysFrom(day.Next));
        var joined = new DayRun(day.AddDays(-before), day.AddDays(after));
        DayRun[] all =
        [
            .. Runs.Where(run => run.Until.Date < joined.From.Date), joined,
            .. Runs.Where(run => run.From.Date > joined.Until.Date),
        ];
        var last = all[^1];
        var keptFrom = last.Until.AddDays(-CheckInProgramme.MakeUpDaysMax).FirstOfMonth();
        return new CheckIns(last.Until, last.From.DaysTo(last.Until) + 1, TotalDays + 1)
        {
            Runs = [.. all.Where(run => run.Until.Date >= keptFrom.Date)],
            MakeUps = [.. MakeUps.Where(makeUp => makeUp.UsedOn.Date >= keptFrom.Date)],
        };
    }

    /// <summary>The same by a card.</summary>
    public CheckIns With(MakeUp makeUp)
    {
        var with = With(makeUp.Day);
        return with with { MakeUps = [.. with.MakeUps, makeUp] };
    }

    /// <summary>Of two accounts that became one: a day that either has is done, and so is a card.</summary>
    public CheckIns JoinedBy(CheckIns other)
    {
        var joined = other.Runs
            .SelectMany(run => run.Days())
            .Where(day => !Has(day))
            .Aggregate(this, (all, day) => all.With(day));
        return joined with
        {
            TotalDays = Math.Max(joined.TotalDays, other.TotalDays),
            MakeUps = [.. joined.MakeUps.Union(other.MakeUps).OrderBy(makeUp => makeUp.UsedOn.Date)],
        };
    }

    private DayRun? Around(ChinaDay day) => Runs.FirstOrDefault(run => run.Has(day));
}

/// <summary>Days in a row.</summary>
/// <param name="Until">The last of them.</param>
public sealed record DayRun(ChinaDay From, ChinaDay Until)
{
    public bool Has(ChinaDay day) => From.Date <= day.Date && day.Date <= Until.Date;

    public IEnumerable<ChinaDay> Days() => Enumerable.Range(0, From.DaysTo(Until) + 1).Select(From.AddDays);
}

/// <summary>A missed day that a card has made good.</summary>
public sealed record MakeUp(ChinaDay Day, ChinaDay UsedOn);
