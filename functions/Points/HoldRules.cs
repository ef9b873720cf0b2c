using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>PTS-03: reserve, then confirm or release. Pure.</summary>
/// <remarks>
/// The instant of the hold decides which points are good: those that end while they are held can still be posted.
/// Voided, they go back to lots that have ended, so that holding never makes points last longer. What was held is
/// posted or voided whatever has become of the member since.
/// </remarks>
public static class HoldRules
{
    /// <summary>Holds of one member at a time.</summary>
    public const int HoldsMax = 50;

    /// <summary>How long points can be held.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromDays(30);

    /// <summary>
    /// Takes points out of what can be spent, all or nothing. The same again changes nothing; a cause that has ended
    /// is told how.
    /// </summary>
    /// <param name="points">1 … <see cref="PointsRules.PointsPerBookingMax"/>.</param>
    /// <param name="until">After now, at most <see cref="LongestHold"/> on.</param>
    public static Decision<PointsEvent> Hold(
        PointsAccount account, Cause cause, long points, DateTimeOffset until, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        if (points <= 0) return PointsRefusals.Zero;
        if (account.HoldEnd is { } end) return Ended(end);
        if (account.HoldOf(cause) is { } known)
            return known.Points == points ? Decision<PointsEvent>.Nothing : PointsRefusals.CauseTaken;
        if (account.Booked is not null) return PointsRefusals.CauseTaken;
        if (until <= now || until - now > LongestHold) return PointsRefusals.HoldLength;
        if (account.Holds.Count >= HoldsMax) return PointsRefusals.TooManyHolds;
        if (PointsRules.WhyNoSpend(account, points, now) is { } tooLittle) return tooLittle;

        return new PointsEvent.Held(new Hold(cause, points, account.Lots.Draw(points, now), now, until));
    }

    /// <summary>
    /// Spends what is held. Again, it changes nothing; after a void, or from the deadline on, it is refused.
    /// </summary>
    public static Decision<PointsEvent> Post(PointsAccount account, Cause cause, DateTimeOffset now)
    {
        if (account.HoldEnd is { } end)
            return end.Outcome is HoldOutcome.Posted ? Decision<PointsEvent>.Nothing : Ended(end);
        if (account.HoldOf(cause) is not { } hold) return PointsRefusals.HoldMissing;
        if (account.Booked is not null) return PointsRefusals.CauseTaken;

        return now < hold.Until ? new PointsEvent.HoldPosted(hold, now) : PointsRefusals.HoldLapsed;
    }

    /// <summary>Gives back what is held. Again, it changes nothing; after a post it is refused.</summary>
    public static Decision<PointsEvent> Void(PointsAccount account, Cause cause, DateTimeOffset now)
    {
        if (account.HoldEnd is { } end)
            return end.Outcome is HoldOutcome.Voided ? Decision<PointsEvent>.Nothing : Ended(end);

        return account.HoldOf(cause) is { } hold ? Voided(account, hold, now) : PointsRefusals.HoldMissing;
    }

    /// <summary>
    /// Gives back what is held, or makes sure that nothing will be: who is late with a hold is told that it is over.
    /// Again, it changes nothing; after a post it is refused.
    /// </summary>
    public static Decision<PointsEvent> Abandon(PointsAccount account, Cause cause, DateTimeOffset now)
    {
        if (account.HoldEnd is not null || account.HoldOf(cause) is not null) return Void(account, cause, now);
        return account.Booked is null ? new PointsEvent.HoldAbandoned(cause, now) : PointsRefusals.CauseTaken;
    }

    /// <summary>Voids a hold that is past its deadline; changes nothing for any other.</summary>
    public static Decision<PointsEvent> Lapse(PointsAccount account, Cause cause, DateTimeOffset now) =>
        account.HoldOf(cause) is { } hold && now >= hold.Until
            ? Voided(account, hold, now)
            : Decision<PointsEvent>.Nothing;

    // What the member owes is settled before anything can be spent again.
    private static PointsEvent.HoldVoided Voided(PointsAccount account, Hold hold, DateTimeOffset now)
    {
        var settled = Math.Min(account.Balance.DebtPoints, hold.Points);
        return new PointsEvent.HoldVoided(hold, hold.Parts.Slice(settled, hold.Points), settled, now);
    }

    private static Refusal Ended(HoldEnd end) =>
        end.Outcome is HoldOutcome.Posted ? PointsRefusals.HoldPosted : PointsRefusals.HoldVoided;
}
