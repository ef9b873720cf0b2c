using System.Diagnostics;

namespace Pond.Points;

/// <summary>What a fact makes of an account. Pure.</summary>
internal static class PointsFold
{
    public static PointsAccount Evolve(PointsAccount account, PointsEvent fact) => fact switch
    {
        PointsEvent.Earned { Lot: var lot } earned => account
            .Book(
                lot.Cause, lot.GrantedPoints, [new LotPart(lot.Id, lot.GrantedPoints, lot.ExpiresAt)], lot.EarnedAt,
                earned.CutPoints)
            .Counting(lot)
            .Owing(lot.RemainingPoints - lot.GrantedPoints)
            .Changing(lots => lots.With(lot)),
        PointsEvent.Spent spent => account
            .Book(spent.Cause, -spent.Points, spent.Parts, spent.At)
            .Changing(lots => lots.Without(spent.Parts)),
        PointsEvent.CheckedIn checkedIn => account with { CheckIns = account.CheckIns.With(checkedIn.Day) },
        PointsEvent.MadeUp madeUp => account with
        {
            CheckIns = account.CheckIns.With(new MakeUp(madeUp.Day, madeUp.UsedOn)),
        },
        PointsEvent.Adjusted => account,
        PointsEvent.Held { Hold: var hold } => (account with { Holds = [.. account.Holds, hold] })
            .Reserving(hold.Points)
            .Changing(lots => lots.Without(hold.Parts)),
        PointsEvent.HoldPosted { Hold: var hold } posted => account
            .Ending(hold, HoldOutcome.Posted, posted.At)
            .Book(hold.Cause, -hold.Points, hold.Parts, posted.At),
        PointsEvent.HoldVoided { Hold: var hold } voided => account
            .Ending(hold, HoldOutcome.Voided, voided.At)
            .Owing(-voided.SettledPoints)
            .Changing(lots => lots.WithBack(voided.Parts, hold.Cause, hold.At)),
        PointsEvent.HoldAbandoned abandoned =>
            account with { HoldEnd = new HoldEnd(abandoned.Cause, HoldOutcome.Voided, abandoned.At) },
        PointsEvent.UndoneAhead { Earn: var earn } ahead => account.Undoing(
            new Undone(earn, Direction.Earn, account.Undone?.Points ?? 0) { Ahead = ahead.Share }),
        PointsEvent.Expired expired => account
            .Book(expired.Cause, -expired.Points, expired.Parts, expired.At)
            .Changing(lots => lots.Without(expired.Parts))
            .Remembering(expired.Parts.Select(part => new EndedPoints(part.ExpiresAt!.Value, part.Points))),
        PointsEvent.ToldOfEnds told => account with { Balance = account.Balance with { RemindedUntil = told.At } },
        PointsEvent.Refunded refunded => account
            .Undoing(new Undone(refunded.Spend, Direction.Spend, refunded.TotalPoints))
            .Book(refunded.Cause, refunded.Points, refunded.Parts, refunded.At)
            .Owing(-refunded.SettledPoints)
            .Changing(lots => lots.WithBack(refunded.Parts, refunded.Cause, refunded.At)),
        PointsEvent.Reversed reversed => (reversed.Points == 0
                ? account
                : account.Book(reversed.Cause, -reversed.Points, reversed.Parts, reversed.At))
            .Undoing(new Undone(reversed.Earn, Direction.Earn, reversed.TotalPoints))
            .Remembering(reversed.Forgiven is { } forgiven ? [forgiven with { Points = -forgiven.Points }] : [])
            .Owing(reversed.DebtPoints)
            .Changing(lots => lots.Without(reversed.Parts)),
        PointsEvent.MovedOut moved => (account with { Lots = [], CheckIns = CheckIns.None })
            .BookMove(
                new Cause(Cause.Merge, $"{moved.IntoMemberId}.{moved.Number}"),
                moved.Lots, moved.DebtPoints, moved.At, sign: -1)
            .Owing(-moved.DebtPoints),
        PointsEvent.MovedIn moved => (account with { CheckIns = account.CheckIns.JoinedBy(moved.CheckIns) })
            .BookMove(moved.Cause, moved.Lots, moved.DebtPoints, moved.At, sign: 1)
            .Owing(moved.DebtPoints - moved.Settled.Sum(part => part.Points))
            .Changing(lots => lots.WithAll(moved.Lots).Without(moved.Settled)),
        _ => throw new UnreachableException(),
    };

    private static PointsAccount BookMove(
        this PointsAccount account, Cause cause, IReadOnlyList<Lot> lots, long debtPoints, DateTimeOffset at, int sign)
    {
        var points = lots.Sum(lot => lot.RemainingPoints) - debtPoints;
        LotPart[] parts = [.. lots.Select(lot => new LotPart(lot.Id, lot.RemainingPoints, lot.ExpiresAt))];
        return points == 0 ? account : account.Book(cause, sign * points, parts, at);
    }

    private static PointsAccount Changing(
        this PointsAccount account, Func<IReadOnlyList<Lot>, IReadOnlyList<Lot>> change) =>
        account with { Lots = change(account.Lots) };

    private static PointsAccount Owing(this PointsAccount account, long points) =>
        account with { Balance = account.Balance with { DebtPoints = account.Balance.DebtPoints + points } };

    private static PointsAccount Reserving(this PointsAccount account, long points) =>
        account with { Balance = account.Balance with { HeldPoints = account.Balance.HeldPoints + points } };

    private static PointsAccount Remembering(this PointsAccount account, IEnumerable<EndedPoints> more) => account with
    {
        Ended =
        [
            .. account.Ended.Concat(more)
                .GroupBy(
                    ended => ended.ExpiresAt,
                    (expiresAt, same) => new EndedPoints(expiresAt, same.Sum(ended => ended.Points)))
                .Where(ended => ended.Points > 0),
        ],
    };

    // Only what caps look at is counted, so that nothing else has to load the row.
    private static PointsAccount Counting(this PointsAccount account, Lot lot) =>
        account with { EarnedToday = account.EarnedToday?.Plus(lot) };

    private static PointsAccount Undoing(this PointsAccount account, Undone undone) =>
        account with { Undone = undone };

    private static PointsAccount Ending(
        this PointsAccount account, Hold hold, HoldOutcome outcome, DateTimeOffset at) => (account with
        {
            Holds = [.. account.Holds.Where(other => other.Cause != hold.Cause)],
            HoldEnd = new HoldEnd(hold.Cause, outcome, at),
        }).Reserving(-hold.Points);
}
