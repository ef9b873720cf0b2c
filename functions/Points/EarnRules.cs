using Pond.Kernel;

namespace Pond.Points;

/// <summary>The most points that come in on one China day; 0 for no cap.</summary>
/// <param name="PointsPerDay">Whatever for.</param>
/// <param name="PointsPerKindAndDay">For causes of one kind.</param>
public sealed record EarnCaps(long PointsPerDay, long PointsPerKindAndDay)
{
    public static readonly EarnCaps None = new(0, 0);
}

/// <summary>What came in on a day, as far as caps count it.</summary>
/// <param name="Kinds">By the kind of cause.</param>
public sealed record EarnedDay(ChinaDay Day, IReadOnlyList<KindPoints> Kinds)
{
    public static readonly EarnedDay None = new(default, []);

    public EarnedDay Plus(Lot lot)
    {
        var today = On(lot.EarnedAt);
        var kind = lot.Cause.Kind;
        return today with
        {
            Kinds =
            [
                .. today.Kinds.Where(each => each.Kind != kind),
                new KindPoints(kind, today.PointsOf(kind) + lot.GrantedPoints),
            ],
        };
    }

    /// <summary>
    /// As of an instant: a new day begins with nothing. A clock that is behind still counts for the newer day.
    /// </summary>
    public EarnedDay On(DateTimeOffset now)
    {
        var today = ChinaDay.Of(now);
        return today.Date > Day.Date ? new EarnedDay(today, []) : this;
    }

    public long PointsOf(string kind) => Kinds.Where(each => each.Kind == kind).Sum(each => each.Points);
}

/// <summary>Points for causes of one kind.</summary>
public sealed record KindPoints(string Kind, long Points);

/// <summary>PTS-06: what exceeds the caps of a day is cut, and the entry says how much. Pure.</summary>
public static class EarnRules
{
    /// <summary>
    /// As <see cref="PointsRules.Earn"/>, but no more than the day allows. The same again changes nothing, also on
    /// another day: a cause of which all was cut is booked with nothing.
    /// </summary>
    /// <param name="account">As <see cref="PointsRows.Earning"/> loads it.</param>
    public static Decision<PointsEvent> Earn(
        PointsAccount account,
        Cause cause,
        string lotId,
        long points,
        EarnCaps caps,
        DateTimeOffset? expiresAt,
        DateTimeOffset now) =>
        PointsRules.Earn(account, cause, lotId, points, expiresAt, now, Cut(account, cause, points, caps, now));

    private static long Cut(PointsAccount account, Cause cause, long points, EarnCaps caps, DateTimeOffset now)
    {
        var today = (account.EarnedToday ?? EarnedDay.None).On(now);
        var room = Math.Min(
            Room(caps.PointsPerDay, today.Kinds.Sum(each => each.Points)),
            Room(caps.PointsPerKindAndDay, today.PointsOf(cause.Kind)));
        return Math.Max(0, points - room);
    }

    private static long Room(long cap, long points) => cap == 0 ? long.MaxValue : Math.Max(0, cap - points);
}
