using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>PTS-01 … PTS-03: how points are earned and spent. Pure.</summary>
public static class PointsRules
{
    /// <summary>Points of one booking.</summary>
    public const long PointsPerBookingMax = 10_000_000;

    /// <summary>Points of one member.</summary>
    public const long BalancePointsMax = 1_000_000_000;

    /// <summary>
    /// Lots that end in one month, before some are folded: more than a month has days, and few enough that what draws
    /// on all lots of all months still fits one batch.
    /// </summary>
    public const int LotsPerMonthMax = 40;

    /// <summary>PTS-01, PTS-02: a new lot, once for its cause. The same again changes nothing.</summary>
    /// <param name="points">1 … <see cref="PointsPerBookingMax"/>.</param>
    /// <param name="cutPoints">Of these, what a cap does not let in, see <see cref="EarnRules"/>.</param>
    public static Decision<PointsEvent> Earn(
        PointsAccount account,
        Cause cause,
        string lotId,
        long points,
        DateTimeOffset? expiresAt,
        DateTimeOffset now,
        long cutPoints = 0)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        if (points <= 0) return PointsRefusals.Zero;
        if (account.Booked is { } booked && booked.Cause == cause) return Again(booked, points);
        var granted = points - cutPoints;
        if (account.Balance.PostedPoints > BalancePointsMax - granted) return PointsRefusals.BalanceFull;

        var settled = Math.Min(account.Balance.DebtPoints, granted);
        return new PointsEvent.Earned(
            new Lot(lotId, cause, granted, granted - settled, now, expiresAt), cutPoints);
    }

    /// <summary>
    /// PTS-02, PTS-03: all or nothing, from the lots that end first; of two that end together, from the older.
    /// </summary>
    /// <param name="points">1 … <see cref="PointsPerBookingMax"/>.</param>
    public static Decision<PointsEvent> Spend(PointsAccount account, Cause cause, long points, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        if (points <= 0) return PointsRefusals.Zero;
        if (account.Booked is { } booked) return Again(booked, -points);
        if (WhyNoSpend(account, points, now) is { } tooLittle) return tooLittle;

        return new PointsEvent.Spent(cause, points, account.Lots.Draw(points, now), now);
    }

    /// <summary>Why so many points cannot be taken now, or null.</summary>
    internal static Refusal? WhyNoSpend(PointsAccount account, long points, DateTimeOffset now) =>
        account.Balance.DebtPoints > 0 ? PointsRefusals.InDebt
        : account.SpendablePoints(now) < points ? PointsRefusals.Insufficient
        : null;

    private static Decision<PointsEvent> Again(Entry booked, long points) =>
        booked.Points + booked.CutPoints == points ? Decision<PointsEvent>.Nothing : PointsRefusals.CauseTaken;
}
