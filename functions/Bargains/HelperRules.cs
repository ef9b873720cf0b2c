using Pond.Kernel;

namespace Pond.Bargains;

/// <summary>BRG-03: how often one member helps on a day. Pure.</summary>
/// <remarks>
/// A right is held before its cut, so the limit is never exceeded; the message that leaves with the hold brings about
/// the cut, or the "no" that frees the right, so no crash uses one up.
/// </remarks>
public static class HelperRules
{
    /// <summary>Holds a right of today; for an attempt that has one already it is the same one.</summary>
    /// <param name="wish">With the id that a new hold gets.</param>
    /// <param name="whyNot">What is in the way as far as anybody can see, or null.</param>
    public static Decision<HelperEvent> Hold(
        HelperDay? day, HelpHeldV1 wish, int helpsPerDay, Refusal? whyNot, DateTimeOffset now)
    {
        if (whyNot is not null) return whyNot;
        var today = ChinaDay.Of(now);
        if (day is not null && day.Day.Date > today.Date) today = day.Day; // clocks differ: a day is counted once
        var holds = day?.Day == today ? day.Holds : [];
        if (holds.FirstOrDefault(hold => hold.AttemptId == wish.AttemptId) is { } known)
            return new HelperEvent.Held(wish with { HoldId = known.HoldId }, today);

        return holds.Count >= helpsPerDay ? BargainRefusals.DailyLimit : new HelperEvent.Held(wish, today);
    }

    /// <summary>The cut was refused: the right is free again, if its day is not over.</summary>
    public static Decision<HelperEvent> Release(HelperDay? day, string holdId) =>
        day is not null && day.Holds.Any(hold => hold.HoldId == holdId)
            ? new HelperEvent.Released(holdId, day.Day)
            : Decision<HelperEvent>.Nothing;
}
