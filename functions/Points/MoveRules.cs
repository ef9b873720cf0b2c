using System.Globalization;
using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>AUTH-10: how points go over when two accounts become one. Pure.</summary>
/// <remarks>
/// Everything leaves the merged account in one decision and arrives in one: lots keep their ends, causes and ids, and
/// a debt stays a debt. What is undone later of a booking there goes the same way in the decision that undoes it, so
/// that the account stays empty.
/// </remarks>
public static class MoveRules
{
    /// <summary>Lots that one move takes as they are; of more, those that end together become one.</summary>
    public const int LotsMax = 1_000;

    /// <summary>
    /// Everything leaves an account that was merged. It changes nothing on any other, or on an empty one.
    /// </summary>
    public static Decision<PointsEvent> Leave(PointsAccount account, DateTimeOffset now)
    {
        if (account.Member?.MergedInto is null) return Decision<PointsEvent>.Nothing;
        return Onward(account, account.CheckIns, [.. ExpiryRules.Expire(account, now).Facts], now);
    }

    /// <summary>The facts, and what they leave on an account that was merged goes on.</summary>
    internal static Decision<PointsEvent> Onward(PointsAccount account, PointsEvent fact, DateTimeOffset now) =>
        Onward(account, CheckIns.None, [fact], now);

    /// <summary>What was left on another account of the same person arrives, and settles what the two owe.</summary>
    public static Decision<PointsEvent> Arrive(PointsAccount account, PointsMovedV1 moved, DateTimeOffset now)
    {
        if (account.Member?.MergedInto is not null) return MemberRefusals.Merged;

        var lots = account.Lots.WithAll(moved.Lots);
        var owed = account.Balance.DebtPoints + moved.DebtPoints;
        return new PointsEvent.MovedIn(
            moved.Cause, moved.Lots, moved.DebtPoints, lots.Draw(owed, now), moved.CheckIns, now);
    }

    private static Decision<PointsEvent> Onward(
        PointsAccount account, CheckIns checkIns, PointsEvent[] facts, DateTimeOffset now)
    {
        if (account.Member is not { MergedInto: { } intoId } member) return facts;

        var left = facts.Aggregate(account, PointsFold.Evolve);
        if (left.Lots.Count == 0 && left.Balance.DebtPoints == 0 && checkIns.LastDay is null) return facts;

        var number = (left.Balance.Seq + 1).ToString(CultureInfo.InvariantCulture);
        return facts.Append(new PointsEvent.MovedOut(
            member.Id, intoId, number, Compact(left.Lots), left.Balance.DebtPoints, checkIns, now)).ToArray();
    }

    private static IReadOnlyList<Lot> Compact(IReadOnlyList<Lot> lots) => lots.Count <= LotsMax
        ? lots
        :
        [
            .. lots.GroupBy(lot => lot.ExpiresAt, (_, same) => same.ToArray()).Select(same => same[0] with
            {
                GrantedPoints = same.Sum(lot => lot.GrantedPoints),
                RemainingPoints = same.Sum(lot => lot.RemainingPoints),
            }),
        ];
}
