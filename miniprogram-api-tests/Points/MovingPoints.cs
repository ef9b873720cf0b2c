using FsCheck;
using FsCheck.Fluent;
using Pond.Points;

namespace Pond.Tests.Points;

/// <summary>Two accounts of any past become one: what the two had, the survivor has.</summary>
[Rule("AUTH-10")]
public sealed class MovingPoints
{
    [Fact]
    public void The_points_of_two_accounts_are_those_of_the_one() => AfterAnyTwoPasts((from, into, _) =>
    {
        var (before, ends) = (Total(from, into), Ends(from, into));
        var owes = from.Balance.DebtPoints + into.Balance.DebtPoints > 0;

        Arrive(into, Leave(from), from.Now);

        return Total(from, into) == before && IsEmpty(from) && IsSound(into)
            && (owes || Ends(from, into).SequenceEqual(ends));
    });

    [Fact]
    public void Points_leave_once() => AfterAnyTwoPasts((from, into, _) =>
    {
        Arrive(into, Leave(from), from.Now);
        var (balance, line) = (into.Balance, from.Balance);
        return !Leave(from).Any() && into.Balance == balance && from.Balance == line;
    });

    [Fact]
    public void What_is_undone_later_on_the_merged_account_reaches_the_survivor_in_any_order() =>
        AfterAnyTwoPasts((from, into, steps) =>
        {
            var (before, granted, revoked) = (Total(from, into), from.Granted, from.Revoked);
            var moved = Leave(from).ToList();
            foreach (var step in steps.Where(IsUndoing))
            {
                moved.AddRange(BookHistory.Moved(from.Play(step)));
                if (!IsEmpty(from) || from.Play(step).Facts.Count > 0) return false;
            }

            moved = [.. Enumerable.Reverse(moved)];
            Arrive(into, moved, from.Now);
            var undone = from.Granted - granted - (from.Revoked - revoked);
            return Total(from, into) == before + undone && IsSound(into) && !from.HasClash && !into.HasClash;
        });

    [Fact]
    public void Nothing_else_is_booked_on_the_merged_account() => AfterAnyTwoPasts((from, into, steps) =>
    {
        Leave(from);
        var seq = from.Balance.Seq;
        foreach (var step in steps.Where(step => !IsUndoing(step) && step.Act is not BookAct.Abandon))
            if (from.Play(step).Facts.Count > 0) return false;
        foreach (var step in steps.Where(step => step.Act is BookAct.Abandon))
            if (from.Play(step).Facts.Any(fact => fact is not PointsEvent.HoldAbandoned)) return false;
        return from.Balance.Seq == seq && !into.HasClash;
    });

    private static bool IsUndoing(BookStep step) =>
        step.Act is BookAct.Refund or BookAct.GiveBack or BookAct.Reverse or BookAct.TakeBack;

    private static IEnumerable<PointsMovedV1> Leave(BookHistory from) =>
        [.. from.Run(PointsRows.Leaving("m"), account => MoveRules.Leave(account, from.Now))];

    private static void Arrive(BookHistory into, IEnumerable<PointsMovedV1> moves, DateTimeOffset now)
    {
        foreach (var moved in moves)
        {
            into.Run(
                PointsRows.Account("m", moved.Cause, Direction.Earn),
                account => MoveRules.Arrive(account, moved, now));
        }
    }

    private static long Total(BookHistory from, BookHistory into) =>
        from.Balance.PostedPoints + into.Balance.PostedPoints;

    private static bool IsEmpty(BookHistory history) =>
        history.Lots.Count == 0
        && history.Balance is { PostedPoints: 0, HeldPoints: 0, DebtPoints: 0 };

    private static bool IsSound(BookHistory history)
    {
        var balance = history.Balance;
        return balance.PostedPoints ==
            history.Lots.Sum(lot => lot.RemainingPoints) + balance.HeldPoints - balance.DebtPoints
            && history.Entries.Sum(entry => entry.Points) == balance.PostedPoints
            && history.Lots.DistinctBy(lot => lot.Id).Count() == history.Lots.Count
            && (balance.DebtPoints == 0 || !history.Lots.Any(lot => lot.IsSpendable(history.Now)));
    }

    private static (DateTimeOffset? End, long Points)[] Ends(params BookHistory[] histories) =>
    [
        .. histories.SelectMany(history => history.Lots)
            .GroupBy(lot => lot.ExpiresAt, (end, same) => (end, same.Sum(lot => lot.RemainingPoints)))
            .OrderBy(sum => sum.end),
    ];

    private static void AfterAnyTwoPasts(Func<BookHistory, BookHistory, BookStep[], bool> isRight) => Prop.ForAll(
        BookHistory.Any,
        BookHistory.Any,
        BookHistory.Any,
        (ofFrom, ofInto, later) =>
        {
            var (from, into) = (Played("from", ofFrom, finish: true), Played("into", ofInto, finish: false));
            from.Wait(Math.Max(0, (into.Now - from.Now).Days));
            into.Wait(Math.Max(0, (from.Now - into.Now).Days));
            ExpireAll(from);
            ExpireAll(into);
            from.BecomePartOf("m2");
            return isRight(from, into, later);
        }).CheckThoroughly();

    // One decision takes off so many months; a long past has more.
    private static void ExpireAll(BookHistory history)
    {
        while (history.Play(Expiry).Facts.Count > 0)
        {
        }
    }

    private static BookHistory Played(string lot, BookStep[] steps, bool finish)
    {
        var history = new BookHistory(lot);
        foreach (var step in steps)
        {
            history.Wait(step.DaysLater);
            history.Play(step);
        }

        foreach (var hold in finish ? history.Holds : [])
            history.Play(Expiry with { Act = BookAct.Void, CauseId = int.Parse(hold.Cause.Id) });
        return history;
    }

    private static readonly BookStep Expiry = new(BookAct.Expire, 1, 0, 1, 4, 0);
}
