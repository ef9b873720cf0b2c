namespace Pond.Points;

/// <summary>A programme of check-ins as operators see it.</summary>
/// <param name="Version">To send along with a change; 0 while nobody has set one.</param>
public sealed record CheckInProgrammeResponse(
    int Version,
    long DailyPoints,
    CheckInCycle Cycle,
    IReadOnlyList<StreakReward> StreakRewards,
    IReadOnlyList<CountReward> CountRewards,
    int MakeUpCards,
    int MakeUpDays)
{
    public static CheckInProgrammeResponse Of(CheckInProgramme programme) => new(
        programme.Version, programme.DailyPoints, programme.Cycle, programme.StreakRewards, programme.CountRewards,
        programme.MakeUpCards, programme.MakeUpDays);
}
