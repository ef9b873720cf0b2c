using Pond.Kernel;
using Pond.Members;

namespace Pond.Tiers;

/// <summary>MBR-03, MBR-04: what time and growth do to a tier. Pure.</summary>
/// <remarks>
/// All that is due is settled in the order of its own instants, as of these instants, before anything else is decided.
/// So it does not matter how late a sweep comes: the tier follows from programme, entries and time alone.
/// </remarks>
public static class TierRules
{
    /// <summary>Days before the end of a tier at which members are told that they may lose it.</summary>
    public static readonly IReadOnlyList<int> NoticeDays = [30, 7];

    /// <summary>Everything that is due by now; nothing when nothing is.</summary>
    public static TierEvent[] Settle(TierAccount account, Programme programme, DateTimeOffset now)
    {
        if (programme.Tiers.Count == 0) return [];
        var facts = new List<TierEvent>();
        for (var next = Next(account, programme, now); next.Length > 0; next = Next(account, programme, now))
        {
            facts.AddRange(next);
            account = next.Aggregate(account, TierFold.Evolve);
        }

        return [.. facts];
    }

    /// <summary>The same for a sweep. What is due in an account that was merged, the other one settles.</summary>
    public static Decision<TierEvent> Review(TierAccount account, Programme programme, DateTimeOffset now) =>
        account.Member?.MergedInto is null ? Settle(account, programme, now) : MemberRefusals.Merged;

    /// <summary>When something is due next; null when nothing ever is.</summary>
    public static DateTimeOffset? NextDue(Membership membership) => new[]
    {
        membership.Manual?.Until,
        membership.Stay?.ReviewAt,
        membership.Stay is { To: { } to } stay && stay.Looks < NoticeDays.Count
            ? to.AddDays(-NoticeDays[stay.Looks])
            : null,
    }.Min();

    /// <summary>
    /// What a booking leads to, once what was due is settled: up at once, down at once only where the programme says
    /// so. A programme that asks for less than before lifts a member with their next growth.
    /// </summary>
    /// <param name="booked">Negative when growth was taken back.</param>
    public static TierEvent[] Weigh(TierAccount account, Programme programme, long booked, DateTimeOffset now)
    {
        if (programme.Tiers.Count == 0) return [];
        var tier = programme.TierOf(account.Membership.Stay);
        var growth = account.GrowthOn(ChinaDay.Of(now), programme.WindowDays);
        if (booked > 0)
        {
            var opened = programme.OpenedBy(growth);
            return opened.Rank > tier.Rank ? Begin(account, programme, opened, now, TierCause.Growth, now) : [];
        }

        return programme.Returns is ReturnPolicy.AtOnce && IsLost(tier, growth)
            ? Begin(account, programme, programme.After(tier, growth), now, TierCause.Return, now)
            : [];
    }

    private static TierEvent[] Next(TierAccount account, Programme programme, DateTimeOffset now)
    {
        var (stay, manual) = (account.Membership.Stay, account.Membership.Manual);
        if (manual?.Until <= now && !(stay?.ReviewAt < manual.Until))
        {
            return MoveRules.Move(
                account, programme, account.Membership with { Manual = null }, TierCause.Expiry, null, manual.Until);
        }

        if (stay?.ReviewAt <= now) return Review(account, programme, stay, now);
        return stay is null ? [] : Look(account, programme, stay, now);
    }

    // After a long standstill a tier may have been kept several times over; it is one record.
    private static TierEvent[] Review(TierAccount account, Programme programme, Stay stay, DateTimeOffset now)
    {
        while (true)
        {
            var (tier, reviewAt) = (programme.TierOf(stay), stay.ReviewAt!.Value);
            var growth = account.GrowthOn(ChinaDay.Of(reviewAt), programme.WindowDays);
            if (IsLost(tier, growth))
            {
                return Begin(
                    account, programme, programme.After(tier, growth), reviewAt, TierCause.Expiry, reviewAt);
            }

            stay = MoveRules.StayIn(programme, tier, stay.To!.Value, stay.Number);
            var isSettled = !(stay.ReviewAt <= now) || account.Membership.Manual?.Until <= stay.ReviewAt;
            if (isSettled) return Begin(account, programme, tier, stay.From, TierCause.Expiry, reviewAt);
        }
    }

    // A look that comes too late to be of use is only remembered.
    private static TierEvent[] Look(TierAccount account, Programme programme, Stay stay, DateTimeOffset now)
    {
        var looks = NoticeDays.Count(days => stay.To?.AddDays(-days) <= now);
        if (looks <= stay.Looks) return [];

        var (tier, to) = (programme.TierOf(stay), stay.To!.Value);
        var growth = account.GrowthOn(ChinaDay.Of(stay.ReviewAt!.Value), programme.WindowDays);
        var isWorthTelling = now < to && account.Membership.Manual is null && IsLost(tier, growth);
        var membership = account.Membership with
        {
            Stay = stay with { Looks = looks },
            Version = account.Membership.Version + 1,
        };
        var notice = isWorthTelling
            ? new TierAboutToLapse(
                stay.Number, tier.Code, NoticeDays[looks - 1], to, tier.KeepGrowth - growth, now)
            : null;
        return [new TierEvent.Looked(membership, notice, LapseRules.TouchOf(account.Member, tier, notice))];
    }

    internal static bool IsLost(Tier tier, long growth) =>
        tier.Downgrade is not Downgrade.None && growth < tier.KeepGrowth;

    private static TierEvent[] Begin(
        TierAccount account,
        Programme programme,
        Tier tier,
        DateTimeOffset from,
        TierCause cause,
        DateTimeOffset at)
    {
        var membership = account.Membership;
        var stay = MoveRules.StayIn(programme, tier, from, membership.Stays + 1);
        return MoveRules.Move(
            account, programme, membership with { Stay = stay, Stays = stay.Number }, cause, null, at);
    }
}
