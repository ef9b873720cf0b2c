namespace Pond.Points;

/// <summary>What check-ins bring, as marketing has set it.</summary>
/// <param name="Version">1, 2, 3 … with each change; 0 while nobody has set one.</param>
/// <param name="DailyPoints">For each check-in; 0 checks in without a reward.</param>
/// <param name="StreakRewards">On top, for so many days in a row.</param>
/// <param name="CountRewards">On top, for so many days in all.</param>
/// <param name="MakeUpCards">Missed days that a member may make up for within one month; 0 for none.</param>
/// <param name="MakeUpDays">How many days back a missed day may lie.</param>
public sealed record CheckInProgramme(
    int Version,
    long DailyPoints,
    CheckInCycle Cycle,
    IReadOnlyList<StreakReward> StreakRewards,
    IReadOnlyList<CountReward> CountRewards,
    int MakeUpCards,
    int MakeUpDays)
{
    /// <summary>Entries of one table.</summary>
    public const int RewardsMax = 31;

    /// <summary>Days in a row that a reward can ask for.</summary>
    public const int StreakDaysMax = 366;

    /// <summary>Days in all that a reward can ask for.</summary>
    public const int CountDaysMax = 10_000;

    public const int MakeUpCardsMax = 10;
    public const int MakeUpDaysMax = 30;

    /// <summary>What holds while nobody has set anything.</summary>
    public static CheckInProgramme Default(long dailyPoints) => new(0, dailyPoints, CheckInCycle.Never, [], [], 0, 0);
}

/// <summary>When the days of a streak are counted from one again. Stored by name: never rename one.</summary>
public enum CheckInCycle
{
    /// <summary>Only a missed day ends it.</summary>
    Never,

    /// <summary>Every Monday.</summary>
    Weekly,

    /// <summary>Every first of the month.</summary>
    Monthly,

    /// <summary>After the last day of the table.</summary>
    AfterLast,
}

/// <summary>For that day of a streak.</summary>
public sealed record StreakReward(int Days, long Points);

/// <summary>For so many days within the period, in a row or not: once in each.</summary>
public sealed record CountReward(CheckInPeriod Period, int Days, long Points);

/// <summary>What days in all are counted over. Stored by name: never rename one.</summary>
public enum CheckInPeriod
{
    Month,
    AllTime,
}

/// <summary>Marketing has set another programme.</summary>
/// <param name="Before">Null when it is the first.</param>
public sealed record CheckInProgrammeChanged(
    CheckInProgramme? Before, CheckInProgramme After, string OperatorId, string Reason, DateTimeOffset At);
