using System.Diagnostics;
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

    /// <summary>Lots that end together, before the oldest are folded: it bounds the row that holds them.</summary>
    public const int LotsPerExpiryMax = 200;

    /// <summary>
    /// When points earned now end: at the end of that month in China, so many months on. Never for 0 months.
    /// </summary>
    public static DateTimeOffset? ExpiryOf(DateTimeOffset now, int months) =>
        months == 0 ? null : ChinaDay.Of(now).AddMonths(months).NextMonth.Start;

    /// <summary>PTS-01, PTS-02: a new lot, once for its cause. The same again changes nothing.</summary>
    /// <param name="points">1 … <see cref="PointsPerBookingMax"/>.</param>
    public static Decision<PointsEvent> Earn(
        PointsAccount account, Cause cause, string lotId, long points, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        if (points <= 0) return PointsRefusals.Zero;
        if (account.Booked is { } booked && booked.Cause == cause) return Again(booked, points);
        if (account.Balance.PostedPoints > BalancePointsMax - points) return PointsRefusals.BalanceFull;

        return new PointsEvent.Earned(new Lot(lotId, cause, points, points, now, expiresAt));
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
        if (account.SpendablePoints(now) < points) return PointsRefusals.Insufficient;

        return new PointsEvent.Spent(cause, points, Draw(account.Lots, points, now), now);
    }

    public static PointsAccount Evolve(PointsAccount account, PointsEvent fact) => fact switch
    {
        PointsEvent.Earned { Lot: var lot } => account
            .Book(lot.Cause, lot.GrantedPoints, [new LotPart(lot.Id, lot.GrantedPoints, lot.ExpiresAt)], lot.EarnedAt)
            with
        { Lots = Folded([.. account.Lots, lot]) },
        PointsEvent.Spent spent => account
            .Book(spent.Cause, -spent.Points, spent.Parts, spent.At)
            with
        { Lots = Without(account.Lots, spent.Parts) },
        PointsEvent.CheckedIn checkedIn => account with
        {
            CheckIns = new CheckIns(checkedIn.Day, checkedIn.StreakDays, checkedIn.TotalDays),
        },
        PointsEvent.Adjusted => account,
        _ => throw new UnreachableException(),
    };

    private static Decision<PointsEvent> Again(Entry booked, long points) =>
        booked.Points == points ? Decision<PointsEvent>.Nothing : PointsRefusals.CauseTaken;

    private static List<LotPart> Draw(IReadOnlyList<Lot> lots, long points, DateTimeOffset now)
    {
        var parts = new List<LotPart>();
        var missing = points;
        var firstToEnd = lots
            .Where(lot => lot.IsSpendable(now))
            .OrderBy(lot => lot.ExpiresAt ?? DateTimeOffset.MaxValue)
            .ThenBy(lot => lot.EarnedAt)
            .ThenBy(lot => lot.Id, StringComparer.Ordinal);
        foreach (var lot in firstToEnd.TakeWhile(_ => missing > 0))
        {
            var taken = Math.Min(missing, lot.RemainingPoints);
            parts.Add(new LotPart(lot.Id, taken, lot.ExpiresAt));
            missing -= taken;
        }

        return parts;
    }

    private static Lot[] Without(IReadOnlyList<Lot> lots, IReadOnlyList<LotPart> parts)
    {
        var taken = parts.ToDictionary(part => part.LotId, part => part.Points);
        return
        [
            .. lots
                .Select(lot => lot with { RemainingPoints = lot.RemainingPoints - taken.GetValueOrDefault(lot.Id) })
                .Where(lot => lot.RemainingPoints > 0), // the entry remembers what an emptied lot was
        ];
    }

    // Lots that end together are worth the same, and the entries remember where each came from.
    private static IReadOnlyList<Lot> Folded(IReadOnlyList<Lot> lots)
    {
        var newest = lots[^1];
        Lot[] together = [.. lots.Where(lot => lot.ExpiresAt == newest.ExpiresAt)];
        if (together.Length <= LotsPerExpiryMax) return lots;

        var (first, second) = (together[0], together[1]);
        var folded = first with
        {
            GrantedPoints = first.GrantedPoints + second.GrantedPoints,
            RemainingPoints = first.RemainingPoints + second.RemainingPoints,
        };
        return [folded, .. lots.Where(lot => lot.Id != first.Id && lot.Id != second.Id)];
    }
}
