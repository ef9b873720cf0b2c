using Pond.Kernel;
using Pond.Members;

namespace Pond.Tiers;

/// <summary>MBR-03, MBR-05: how a member comes from one tier into another, and what that brings. Pure.</summary>
public static class MoveRules
{
    /// <summary>A stay in a tier from an instant on, the day of which is the first of its validity.</summary>
    public static Stay StayIn(Programme programme, Tier tier, DateTimeOffset from, long number)
    {
        var lasts = tier == programme.Lowest() || tier.ValidityDays == 0;
        var last = ChinaDay.Of(from).AddDays(tier.ValidityDays);
        return lasts
            ? new Stay(tier.Code, tier.Rank, from, To: null, ReviewAt: null, number, Looks: 0)
            : new Stay(
                tier.Code, tier.Rank, from, last.Start, last.AddDays(tier.GraceDays).Start, number,
                Looks: TierRules.NoticeDays.Count(days => last.Start.AddDays(-days) <= from));
    }

    /// <summary>An operator gives a tier until an instant; the same again changes nothing.</summary>
    public static Decision<TierEvent> Assign(
        TierAccount account, Programme programme, Assignment assignment, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        if (programme.Tiers.FirstOrDefault(each => each.Code == assignment.Code) is not { } tier)
            return TierRefusals.TierMissing;
        if (assignment.Until <= now) return TierRefusals.BadEnd;

        var settled = TierRules.Settle(account, programme, now);
        account = settled.Aggregate(account, TierFold.Evolve);
        var (membership, before) = (account.Membership, programme.TierOf(account.Membership));
        if (membership.Manual is { } manual && manual.Code == tier.Code && manual.Until == assignment.Until)
            return settled;

        var given = new ManualTier(tier.Code, tier.Rank, now, assignment.Until);
        var moved = Move(
            account, programme, membership with { Manual = given }, TierCause.Manual, assignment.OperatorId, now);
        TierEvent assigned = new TierEvent.Assigned(
            account.Member!.Id, assignment.OperatorId, assignment.Reason, before.Code, tier.Code, given.Until, now);
        return settled.Concat(moved).Append(assigned).ToArray();
    }

    /// <summary>
    /// The move to what the membership says now. Who comes from below into a tier gets what entering it brings, unless
    /// a validity of that tier has not ended yet, or another account of theirs brought the tier along.
    /// </summary>
    internal static TierEvent[] Move(
        TierAccount account,
        Programme programme,
        Membership after,
        TierCause cause,
        string? actor,
        DateTimeOffset at)
    {
        var before = account.Membership;
        after = after with { Version = before.Version + 1 };
        var isHidden = before.Manual is not null && before.Manual == after.Manual;
        if (isHidden) return [new TierEvent.Moved(after, Change: null)];

        var (from, to) = (programme.TierOf(before), programme.TierOf(after));
        var validFrom = after.Manual?.From ?? after.Stay?.From ?? at;
        var change = new TierChange(
            before.Changes + 1, from.Code, to.Code, cause, actor, validFrom, after.ValidTo(), at);
        var known = before.Cycles.FirstOrDefault(each => each.Code == to.Code);
        var brings = cause is not TierCause.Merge && to.Rank > from.Rank && (known is null || known.Until <= at);
        var cycle = new Cycle(to.Code, (known?.Number ?? 0) + (brings ? 1 : 0), Later(known, after.ValidTo()));
        var moved = new TierEvent.Moved(
            after with
            {
                Changes = change.Seq,
                Cycles = [.. before.Cycles.Where(each => each.Code != to.Code), cycle],
            },
            change);
        return brings && Brought(account.Member, to, cycle) is { } entered ? [moved, entered] : [moved];
    }

    // A member who may get nothing gets nothing, and later either: the cycle has begun.
    private static TierEvent.Entered? Brought(MemberStanding? member, Tier tier, Cycle cycle) =>
        member is not null && MemberStanding.WhyNot(member) is null
        && tier.Benefits is { EnterPoints: > 0 } or { EnterCouponTemplateIds.Count: > 0 }
            ? new TierEvent.Entered(
                member!.Id, tier.Code, cycle.Number, tier.Benefits.EnterPoints, tier.Benefits.EnterCouponTemplateIds)
            : null;

    /// <summary>The later of two ends, should there be two; null for ever.</summary>
    internal static DateTimeOffset? Later(Cycle? known, DateTimeOffset? validTo) => known switch
    {
        null => validTo,
        { Until: null } => null,
        { Until: { } until } => until > validTo ? until : validTo,
    };
}

/// <summary>The values of a tier that an operator gives.</summary>
public sealed record Assignment(string Code, DateTimeOffset Until, string OperatorId, string Reason);
