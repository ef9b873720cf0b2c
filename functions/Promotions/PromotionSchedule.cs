namespace Pond.Promotions;

/// <summary>CMP-02: when a promotion is open.</summary>
/// <param name="StartsAt">From then on; the range is half-open.</param>
/// <param name="EndsAt">From then on nothing is open any more.</param>
/// <param name="Hours">Within the range only in one of these; all the time when there is none.</param>
public sealed record PromotionSchedule(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<OpenHours> Hours);

/// <summary>Hours in China that come back each week.</summary>
/// <param name="Weekdays">The days on which they begin.</param>
/// <param name="FromHour">0 … 23: the hour from which.</param>
/// <param name="UntilHour">
/// 1 … 24: the hour from which no longer; of the day after when it is not later than the first.
/// </param>
public sealed record OpenHours(IReadOnlyList<DayOfWeek> Weekdays, int FromHour, int UntilHour);
