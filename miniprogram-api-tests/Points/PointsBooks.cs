using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Points;

namespace Pond.Tests.Points;

/// <summary>The books balance, whatever happens to points in whatever order.</summary>
[Rule("PTS-01"), Rule("D29")]
public sealed class PointsBooks
{
    [Fact]
    public void No_point_comes_from_nowhere_or_gets_lost() => AfterEachStep((history, step) =>
    {
        history.Play(step);
        var balance = history.Balance;
        var remaining = history.Lots.Sum(lot => lot.RemainingPoints);
        var taken = history.Spent + history.Expired + history.Revoked;
        return history.Granted == remaining + balance.HeldPoints + taken - balance.DebtPoints
            && balance.PostedPoints == remaining + balance.HeldPoints - balance.DebtPoints
            && balance.HeldPoints == history.Holds.Sum(hold => hold.Points)
            && balance.DebtPoints >= 0
            && history.Lots.All(lot => lot.RemainingPoints > 0 && lot.RemainingPoints <= lot.GrantedPoints)
            && history.Holds.All(hold => hold.Parts.Sum(part => part.Points) == hold.Points);
    });

    [Fact, Rule("PTS-06")]
    public void No_day_brings_more_than_its_caps() => AtTheEnd(history => history.Entries
        .Where(entry => entry.Points > 0 && entry.Cause.Kind is "capped" or Cause.Order or Cause.CheckIn or Cause.CheckInStreak
            or Cause.CheckInMonth or Cause.CheckInTotal)
        .GroupBy(entry => ChinaDay.Of(entry.At))
        .All(day => day.Sum(entry => entry.Points) <= BookHistory.Caps.PointsPerDay
            && day.GroupBy(entry => entry.Cause.Kind)
                .All(kind => kind.Sum(entry => entry.Points) <= BookHistory.Caps.PointsPerKindAndDay)));

    [Fact]
    public void Who_owes_points_has_none_to_spend() => AfterEachStep((history, step) =>
    {
        history.Play(step);
        return history.Balance.DebtPoints == 0 || !history.Lots.Any(lot => lot.IsSpendable(history.Now));
    });

    [Fact]
    public void The_same_again_changes_nothing() => AfterEachStep((history, step) =>
    {
        history.Play(step);
        var (balance, lots) = (history.Balance, history.Lots);
        return history.Play(step).Facts.Count == 0
            && history.Balance == balance && history.Lots.SequenceEqual(lots);
    });

    [Fact]
    public void A_hold_ends_in_one_way_only() => AfterEachStep((history, step) =>
    {
        if (history.Play(step).Facts is not [PointsEvent.HoldPosted or PointsEvent.HoldVoided]) return true;
        var posted = history.Play(step with { Act = BookAct.Post });
        var voided = history.Play(step with { Act = BookAct.Void });
        return posted.Facts.Count == 0 && voided.Facts.Count == 0
            && (posted.Refusal == PointsRefusals.HoldVoided) != (voided.Refusal == PointsRefusals.HoldPosted);
    });

    [Fact]
    public void No_more_is_undone_than_was_booked_and_the_whole_is_the_whole() => AfterEachStep((history, step) =>
    {
        var booked = history.State(step).Booked;
        history.Play(step);
        var undone = history.State(step).Undone?.Points ?? 0;
        var all = Math.Abs(booked?.Points ?? 0);
        return step.Act is not (BookAct.Refund or BookAct.Reverse)
            || (undone <= all && (step.Quarters < 4 || undone == all));
    });

    [Fact]
    public void No_more_is_forgiven_than_has_ended() => AfterEachStep((history, step) =>
    {
        history.Play(step);
        return history.Forgiven >= 0 && history.Forgiven <= history.Expired;
    });

    [Fact]
    public void What_has_ended_leaves_the_balance() => AfterEachStep((history, step) =>
    {
        history.Play(step);
        history.Play(step with { Act = BookAct.Expire });
        return history.Lots.All(lot => lot.IsSpendable(history.Now));
    });

    [Fact]
    public void The_ledger_is_an_unbroken_chain_and_tells_the_balance() => AtTheEnd(history =>
    {
        var (previous, after, entries) = ("", 0L, history.Entries);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            after += entry.Points;
            if (entry.Seq != i + 1 || entry.AfterPoints != after || entry.Previous != previous) return false;
            previous = Ledger.HashOf(entry);
        }

        return history.Balance.PostedPoints == after && history.Balance.LastHash == previous && !history.HasClash
            && entries.DistinctBy(entry => (entry.Cause, entry.Points < 0)).Count() == entries.Count;
    });

    [Fact]
    public void What_is_written_is_read_back_as_it_was() => AfterEachStep((history, step) =>
    {
        var before = history.State(step);
        var expected = history.Decide(before, step).Facts.Aggregate(before, BookHistory.LayoutOf(step).Evolve);
        history.Play(step);
        var actual = history.State(step);
        return actual.Balance == expected.Balance
            && Sums(actual.Lots).SequenceEqual(Sums(expected.Lots))
            && actual.Holds.Select(hold => hold.Cause.Id).Order()
                .SequenceEqual(expected.Holds.Select(hold => hold.Cause.Id).Order())
            && actual.HoldEnd == expected.HoldEnd
            && actual.Undone == expected.Undone
            && actual.Ended.OrderBy(ended => ended.ExpiresAt).SequenceEqual(
                expected.Ended.OrderBy(ended => ended.ExpiresAt));
    });

    private static IEnumerable<(DateTimeOffset? ExpiresAt, long Points)> Sums(IReadOnlyList<Lot> lots) => lots
        .GroupBy(lot => lot.ExpiresAt, (expiresAt, group) => (expiresAt, group.Sum(lot => lot.RemainingPoints)))
        .OrderBy(sum => sum.expiresAt);

    private static void AtTheEnd(Func<BookHistory, bool> isRight) => Plays(
        (history, step) =>
        {
            history.Play(step);
            return true;
        },
        isRight);

    private static void AfterEachStep(Func<BookHistory, BookStep, bool> isRight) => Plays(isRight, _ => true);

    private static void Plays(Func<BookHistory, BookStep, bool> isRight, Func<BookHistory, bool> isRightAtEnd) =>
        Prop.ForAll(BookHistory.Any, steps =>
        {
            var history = new BookHistory();
            foreach (var step in steps)
            {
                history.Wait(step.DaysLater);
                if (!isRight(history, step)) return false;
            }

            return isRightAtEnd(history);
        }).CheckThoroughly();
}
