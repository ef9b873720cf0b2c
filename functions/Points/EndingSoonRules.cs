using Pond.Kernel;
using Pond.Members;
using Pond.Reminders;
using Pond.Touches;

namespace Pond.Points;

/// <summary>What ends together before long.</summary>
/// <param name="Days">Before it ends: 30, 7 or 1.</param>
/// <param name="Points">That are left now.</param>
public sealed record EndingSoon(DateTimeOffset EndsAt, int Days, long Points);

/// <summary>PTS-08: a reminder at three times before points end, one for all that end together. Pure.</summary>
/// <remarks>
/// What the times up to <see cref="Balance.RemindedUntil"/> asked for is done, told or not. So no time is told twice,
/// and one that was missed by a standstill is left out for the next.
/// </remarks>
public static class EndingSoonRules
{
    /// <summary>The first of the times.</summary>
    public const int DaysMax = 30;

    private const char IdSeparator = '.';

    private static readonly int[] DaysBefore = [DaysMax, 7, 1];

    /// <summary>
    /// Tells what has come to one of its times. It changes nothing when nothing has. Who may spend nothing is told
    /// nothing, then or later.
    /// </summary>
    public static Decision<PointsEvent> Tell(PointsAccount account, DateTimeOffset now)
    {
        if (NextAt(account.Balance, account.Lots) is not { } at || at > now) return Decision<PointsEvent>.Nothing;

        var ends = MemberStanding.WhyNot(account.Member) is null ? Due(account, now) : [];
        return new PointsEvent.ToldOfEnds(account.Member?.Id ?? "", [.. ends], now);
    }

    /// <summary>When the next such time comes; null when none does.</summary>
    public static DateTimeOffset? NextAt(Balance balance, IReadOnlyList<Lot> lots) =>
        lots.SelectMany(lot => Times(lot, balance)).Min(time => (DateTimeOffset?)time.At);

    /// <summary>What the member is told.</summary>
    internal static TouchPlannedV1 TouchOf(string memberId, EndingSoon soon, DateTimeOffset now) => new(
        memberId,
        Occasion.PointsEnding,
        $"{ChinaDay.Of(soon.EndsAt)}{IdSeparator}{soon.Days}",
        ReminderTexts.Values("积分即将到期", $"{soon.Points}积分", soon.EndsAt, "到期后清零，请尽快使用"),
        "pages/points/index",
        PromotionId: null,
        NotBefore: now,
        Until: soon.EndsAt,
        now);

    /// <summary>When what such a touch is about ends.</summary>
    internal static DateTimeOffset EndOf(string occasionId) =>
        ChinaDay.Parse(occasionId[..occasionId.IndexOf(IdSeparator)]).Start;

    private static IEnumerable<EndingSoon> Due(PointsAccount account, DateTimeOffset now) =>
        from lot in account.Lots
        where lot.IsSpendable(now) && lot.ExpiresAt is not null
        group lot by lot.ExpiresAt!.Value into together
        let due = together.SelectMany(lot => Times(lot, account.Balance)).Where(time => time.At <= now).ToArray()
        where due.Length > 0
        select new EndingSoon(
            together.Key, due.Min(time => time.Days), together.Sum(lot => lot.RemainingPoints));

    // Points that came only after a time need no reminder of it.
    private static IEnumerable<(DateTimeOffset At, int Days)> Times(Lot lot, Balance balance) =>
        from end in lot.ExpiresAt is { } at ? new[] { at } : []
        from days in DaysBefore
        let time = end.AddDays(-days)
        where time > lot.EarnedAt && !(time <= balance.RemindedUntil)
        select (time, days);
}
