using Pond.Kernel;
using Pond.Reminders;
using Pond.Touches;

namespace Pond.Bargains;

/// <summary>TCH-06: the owner of an attempt hears of its end shortly before, once. Pure.</summary>
public static class AttemptEndingRules
{
    /// <summary>How long before the end, at most.</summary>
    public static readonly TimeSpan LeadMax = TimeSpan.FromHours(2);

    /// <summary>When somebody has to look at an attempt that time can end: shortly before its end, and then.</summary>
    public static DateTimeOffset NextLook(Attempt attempt) =>
        attempt.ToldAt is null ? TellAt(attempt) : attempt.Deadline;

    /// <summary>Tells its owner how many cuts are left, or that it can be bought.</summary>
    public static Decision<AttemptEvent> Tell(AttemptDesk desk, DateTimeOffset now) =>
        desk.Attempt is { ToldAt: null } attempt && Stands(attempt, attempt.MemberId, now) && now >= TellAt(attempt)
            ? new AttemptEvent.ToldOfEnd(TouchOf(attempt, now), now)
            : Decision<AttemptEvent>.Nothing;

    /// <summary>Whether it still goes on, without an order.</summary>
    public static bool Stands(Attempt? attempt, string memberId, DateTimeOffset now) =>
        attempt?.MemberId == memberId
        && attempt.StateAt(now) is AttemptState.Open or AttemptState.FloorReached;

    private static DateTimeOffset TellAt(Attempt attempt) =>
        attempt.Deadline - ReminderTexts.LeadOf(attempt.Deadline - attempt.StartedAt, LeadMax);

    private static TouchPlannedV1 TouchOf(Attempt attempt, DateTimeOffset now) => new(
        attempt.MemberId,
        Occasion.BargainEnding,
        attempt.Id,
        ReminderTexts.Values(
            attempt.ActivityName, new Fen(attempt.PriceFen).ToString(), attempt.Deadline,
            attempt.CutsLeft > 0 ? $"还差 {attempt.CutsLeft} 刀到底价，快邀请好友" : "已砍到底价，请尽快下单"),
        $"pages/bargains/detail?id={attempt.Id}",
        attempt.ActivityId,
        NotBefore: now,
        Until: attempt.Deadline,
        now);
}
