using Pond.Kernel;
using Pond.Members;

namespace Pond.Tiers;

/// <summary>AUTH-10: how growth and tier go over when two accounts become one. Pure.</summary>
/// <remarks>
/// Everything leaves the merged account in one decision, as it was when that became part of the other, and arrives in
/// one: growth keeps its days, the higher tier its end, and each tier the mark of what entering it has brought.
/// Nothing is booked on the merged account any more, so it happens once.
/// </remarks>
public static class MergingRules
{
    /// <summary>The one line that a merge leaves in each of the two ledgers.</summary>
    public static GrowthCause CauseOf(string fromMemberId) => new(GrowthCause.Merge, fromMemberId);

    /// <summary>
    /// Everything leaves an account that was merged. It changes nothing on any other, on an empty one, or again.
    /// </summary>
    public static Decision<TierEvent> Leave(
        TierAccount account, Programme programme, DateTimeOffset mergedAt, DateTimeOffset now)
    {
        if (account.Member is not { MergedInto: { } intoId } member || account.Booked is not null)
            return Decision<TierEvent>.Nothing;
        if (account.Growth.Seq == 0 && account.Membership.Version == 0) return Decision<TierEvent>.Nothing;

        return Then(
            account,
            each => TierRules.Settle(each, programme, mergedAt),
            each =>
            [
                new TierEvent.MovedOut(
                    member.Id,
                    intoId,
                    each.Growth.Next(CauseOf(member.Id), -each.Growth.TotalGrowth, now),
                    each.Days,
                    each.Membership),
            ],
            each => LayDown(each, programme, now));
    }

    /// <summary>
    /// What left another account of the same person arrives. Whatever was due comes before it, and what the growth of
    /// both opens comes after, as with any booking.
    /// </summary>
    public static Decision<TierEvent> Arrive(
        TierAccount account, Programme programme, GrowthMovedV1 moved, DateTimeOffset now)
    {
        if (account.Member?.MergedInto is not null) return MemberRefusals.Merged;
        if (account.Booked is not null) return Decision<TierEvent>.Nothing;

        return Then(
            account,
            each => TierRules.Settle(each, programme, now),
            each =>
            [
                new TierEvent.MovedIn(each.Growth.Next(CauseOf(moved.FromMemberId), moved.Growth, now), moved.Days),
            ],
            each => TakeOver(each, programme, moved.Membership, now),
            each => TierRules.Settle(each, programme, now),
            each => moved.Growth > 0 ? TierRules.Weigh(each, programme, moved.Growth, now) : []);
    }

    private static TierEvent[] LayDown(TierAccount account, Programme programme, DateTimeOffset now) =>
        account.Membership is { Stay: null, Manual: null }
            ? []
            : MoveRules.Move(
                account, programme, account.Membership with { Stay = null, Manual = null }, TierCause.Merge, null, now);

    // A tier that an operator gave the survivor goes on counting in place of growth, unless the other's tier is higher.
    private static TierEvent[] TakeOver(
        TierAccount account, Programme programme, Membership from, DateTimeOffset now)
    {
        if (from.Version == 0) return [];

        var own = account.Membership with { Cycles = Marks(account.Membership.Cycles, from.Cycles) };
        var isHigher = programme.TierOf(from).Rank > programme.TierOf(own).Rank;
        var after = own with { Manual = isHigher ? from.Manual : own.Manual };
        if (from.Stay is { } stay && IsBetter(programme, stay, own.Stay))
            after = after with { Stay = stay with { Number = own.Stays + 1 }, Stays = own.Stays + 1 };
        return after == own
            ? [new TierEvent.Moved(own with { Version = own.Version + 1 }, Change: null)]
            : MoveRules.Move(account with { Membership = own }, programme, after, TierCause.Merge, null, now);
    }

    // Higher or, of two that are as high, the one that lasts longer.
    private static bool IsBetter(Programme programme, Stay stay, Stay? own) =>
        Order(programme, stay).CompareTo(Order(programme, own)) > 0;

    private static (int Rank, DateTimeOffset To) Order(Programme programme, Stay? stay) =>
        (programme.TierOf(stay).Rank, stay?.To ?? DateTimeOffset.MaxValue);

    // What either account was given counts as given, until the later of the two ends.
    private static Cycle[] Marks(IReadOnlyList<Cycle> own, IReadOnlyList<Cycle> from) =>
    [
        .. own.Concat(from).GroupBy(each => each.Code, StringComparer.Ordinal).Select(same => same.Aggregate(
            (one, other) => new Cycle(
                one.Code, Math.Max(one.Number, other.Number), MoveRules.Later(one, other.Until)))),
    ];

    private static TierEvent[] Then(TierAccount account, params Func<TierAccount, TierEvent[]>[] steps)
    {
        var facts = new List<TierEvent>();
        foreach (var step in steps)
        {
            var next = step(account);
            facts.AddRange(next);
            account = next.Aggregate(account, TierFold.Evolve);
        }

        return [.. facts];
    }
}
