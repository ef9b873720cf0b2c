using Pond.Kernel;
using Pond.Members;

namespace Pond.Tiers;

/// <summary>The values of one adjustment.</summary>
/// <param name="Growth">Positive to give, negative to take back.</param>
public sealed record GrowthAdjustment(
    GrowthCause Cause, long Growth, string MemberId, string OperatorId, string Reason);

/// <summary>MBR-01: how growth is booked, and what follows from it. Pure.</summary>
public static class GrowthRules
{
    /// <summary>Growth of one booking.</summary>
    public const long GrowthPerBookingMax = 10_000_000;

    /// <summary>Growth of one member, but for what a merge brings.</summary>
    public const long TotalGrowthMax = 1_000_000_000;

    /// <summary>
    /// One entry, once for its cause, and the tier that follows. Whatever was due before comes before it. The same
    /// again changes nothing.
    /// </summary>
    public static Decision<TierEvent> Book(
        TierAccount account, Programme programme, GrowthCause cause, long growth, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        if (growth == 0) return TierRefusals.Zero;
        if (account.Booked is { } booked)
            return booked.Growth == growth ? Decision<TierEvent>.Nothing : TierRefusals.CauseTaken;

        var entry = account.Growth.Next(cause, growth, now);
        if (entry.AfterGrowth < 0) return TierRefusals.Insufficient;
        if (growth > 0 && entry.AfterGrowth > TotalGrowthMax) return TierRefusals.Full;

        TierEvent[] facts =
        [
            .. TierRules.Settle(account, programme, now),
            new TierEvent.Grown(entry),
        ];
        return facts
            .Concat(TierRules.Weigh(facts.Aggregate(account, TierFold.Evolve), programme, growth, now))
            .ToArray();
    }

    /// <summary>An operator's booking is an ordinary one with somebody's name on it.</summary>
    public static Decision<TierEvent> Adjust(
        TierAccount account, Programme programme, GrowthAdjustment adjustment, DateTimeOffset now)
    {
        var booking = Book(account, programme, adjustment.Cause, adjustment.Growth, now);
        if (booking.Facts.Count == 0) return booking;

        var before = account.Growth.TotalGrowth;
        TierEvent adjusted = new TierEvent.Adjusted(
            adjustment.MemberId, adjustment.OperatorId, adjustment.Reason, before, before + adjustment.Growth, now);
        return booking.Facts.Append(adjusted).ToArray();
    }

    /// <summary>What counts towards a tier on a day: never below 0, though what was taken back may be newer.</summary>
    public static long GrowthOn(this TierAccount account, ChinaDay day, int windowDays) => Math.Max(0, windowDays == 0
        ? account.Growth.TotalGrowth
        : account.Days.Where(each => each.Day.Date > day.Date.AddDays(-windowDays)).Sum(each => each.Growth));
}
