using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Points;

namespace Pond.Tests.Points;

public sealed class PointsProperties
{
    [Fact, Rule("PTS-01"), Rule("D29")]
    public void Any_history_keeps_lots_balance_and_ledger_equal() => Holds(history =>
    {
        var entries = history.Entries;
        return history.Lots.Sum(lot => lot.RemainingPoints) == history.Balance.PostedPoints
            && entries.Sum(entry => entry.Points) == history.Balance.PostedPoints
            && history.Lots.All(lot => lot.RemainingPoints > 0 && lot.RemainingPoints <= lot.GrantedPoints)
            && entries.All(entry => entry.AfterPoints >= 0)
            && entries.All(entry => entry.Parts.Sum(part => part.Points) == Math.Abs(entry.Points))
            && !history.HasClash;
    });

    [Fact, Rule("PTS-11")]
    public void Any_history_leaves_an_unbroken_chain_of_lines_without_a_gap() => Holds(history =>
    {
        var (previous, after) = ("", 0L);
        var entries = history.Entries;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            after += entry.Points;
            if (entry.Seq != i + 1 || entry.AfterPoints != after || entry.Previous != previous) return false;
            previous = Ledger.HashOf(entry);
        }

        return history.Balance.Seq == entries.Count && history.Balance.LastHash == previous;
    });

    [Fact, Rule("PTS-02")]
    public void No_cause_is_booked_twice_in_one_direction() => Holds(history =>
        history.Entries.DistinctBy(entry => (entry.Cause, entry.Points < 0)).Count() == history.Entries.Count);

    [Fact, Rule("PTS-03")]
    public void A_booking_is_accepted_whenever_nothing_stands_against_it() => Plays((history, step) =>
    {
        var account = history.State(PointsHistory.CauseOf(step), PointsHistory.DirectionOf(step));
        var expected = step.Points <= 0 ? PointsRefusals.Zero
            : account.Booked is { } booked
                ? Math.Abs(booked.Points) == step.Points ? null : PointsRefusals.CauseTaken
            : step.IsEarn
                ? account.Balance.PostedPoints + step.Points > PointsRules.BalancePointsMax
                    ? PointsRefusals.BalanceFull
                    : null
            : Spendable(history) < step.Points ? PointsRefusals.Insufficient
            : null;
        return history.Play(step).Refusal == expected;
    });

    [Fact, Rule("PTS-01")]
    public void A_spend_draws_first_on_what_ends_first() => Plays((history, step) =>
    {
        var before = history.Lots;
        if (history.Play(step).Facts is not [PointsEvent.Spent spent]) return true;

        var left = history.Lots.ToDictionary(lot => lot.Id, lot => lot.RemainingPoints);
        var lastEnd = spent.Parts.Max(part => part.ExpiresAt ?? DateTimeOffset.MaxValue);
        return spent.Parts.All(part => part.ExpiresAt is null || history.Now < part.ExpiresAt)
            && before
                .Where(lot => lot.IsSpendable(history.Now) && (lot.ExpiresAt ?? DateTimeOffset.MaxValue) < lastEnd)
                .All(lot => !left.ContainsKey(lot.Id));
    });

    [Fact, Rule("PTS-02")]
    public void The_same_for_the_same_cause_again_changes_nothing() => Plays((history, step) =>
    {
        if (history.Play(step).Facts.Count == 0) return true;
        var (lots, entries) = (history.Lots, history.Entries.Count);
        var again = history.Play(step);
        return again is Decision<PointsEvent>.Accepted { Events: [] }
            && history.Lots.SequenceEqual(lots) && history.Entries.Count == entries;
    });

    [Fact]
    public void What_is_written_is_read_back_as_it_was() => Plays((history, step) =>
    {
        var account = history.State(PointsHistory.CauseOf(step), PointsHistory.DirectionOf(step));
        var decision = step.IsEarn
            ? PointsRules.Earn(
                account, PointsHistory.CauseOf(step), "x", step.Points,
                PointsSteps.EndOf(history.Now, step.LotMonths), history.Now)
            : PointsRules.Spend(account, PointsHistory.CauseOf(step), step.Points, history.Now);
        var expected = decision.Facts.Aggregate(
            account, PointsRows.Account("m", PointsHistory.CauseOf(step), PointsHistory.DirectionOf(step)).Evolve);
        history.Play(step);
        var actual = history.State(PointsHistory.CauseOf(step), PointsHistory.DirectionOf(step));
        return actual.Balance.PostedPoints == expected.Balance.PostedPoints
            && actual.Balance.Seq == expected.Balance.Seq
            && Sums(actual.Lots).SequenceEqual(Sums(expected.Lots))
            && actual.Booked?.Points == (expected.Added.Count > 0 ? expected.Added[0].Points : expected.Booked?.Points);
    });

    [Theory]
    [InlineData(MemberStatus.Frozen, "member.frozen")]
    [InlineData(MemberStatus.Banned, "member.banned")]
    [InlineData(MemberStatus.Deleted, "member.gone")]
    public void Who_is_not_active_books_nothing(MemberStatus status, string code)
    {
        var history = new PointsHistory(status);
        foreach (var isEarn in new[] { true, false })
            Assert.Equal(code, history.Play(new PointsStep(isEarn, 1, 0, 1, 0)).Refusal?.Code);
        Assert.Empty(history.Entries);
    }

    [Fact]
    public void Nobody_gets_more_points_than_a_member_can_hold()
    {
        var history = new PointsHistory();
        const int bookings = (int)(PointsRules.BalancePointsMax / PointsRules.PointsPerBookingMax);
        for (var i = 0; i < bookings; i++)
            Assert.Null(history.Play(new PointsStep(true, PointsRules.PointsPerBookingMax, i, 1, 0)).Refusal);

        Assert.Equal(PointsRefusals.BalanceFull, history.Play(new PointsStep(true, 1, bookings, 1, 0)).Refusal);
        Assert.Equal(PointsRules.BalancePointsMax, history.Balance.PostedPoints);
    }

    [Fact]
    public void Many_lots_that_end_together_are_folded_and_lose_nothing()
    {
        var history = new PointsHistory();
        for (var i = 0; i < PointsRules.LotsPerMonthMax + 20; i++)
            Assert.Null(history.Play(new PointsStep(true, i + 1, i, 1, 0)).Refusal);
        var all = history.Balance.PostedPoints;

        Assert.Equal(PointsRules.LotsPerMonthMax, history.Lots.Count);
        Assert.Equal(all, history.Lots.Sum(lot => lot.RemainingPoints));
        Assert.Equal(history.Lots.Count, history.Lots.DistinctBy(lot => lot.Id).Count());
        Assert.Null(history.Play(new PointsStep(false, all, 0, 1, 0)).Refusal);
        Assert.Empty(history.Lots);
        Assert.Equal(0, history.Balance.PostedPoints);
    }

    [Fact, Rule("PTS-01")]
    public void Points_end_at_a_month_s_end_in_China_so_many_months_on() => Prop.ForAll(
        Gen.Choose(0, 365 * 100).SelectMany(day => Gen.Choose(0, 86_399), (day, second) => (day, second)).ToArbitrary(),
        Gen.Choose(1, 36).ToArbitrary(),
        (time, months) =>
        {
            var now = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(time.day).AddSeconds(time.second);
            var end = PointsSteps.EndOf(now, months)!.Value.ToOffset(ChinaDay.Offset);
            var today = ChinaDay.Of(now).Date;
            var monthsOn = ((end.Year - today.Year) * 12) + end.Month - today.Month;
            return end > now && end is { Day: 1, TimeOfDay.Ticks: 0 } && monthsOn == months + 1;
        }).CheckThoroughly();

    private static long Spendable(PointsHistory history) => history.Lots
        .Where(lot => lot.ExpiresAt is null || history.Now < lot.ExpiresAt).Sum(lot => lot.RemainingPoints);

    private static IEnumerable<(DateTimeOffset? ExpiresAt, long Points)> Sums(IReadOnlyList<Lot> lots) => lots
        .GroupBy(lot => lot.ExpiresAt, (expiresAt, group) => (expiresAt, group.Sum(lot => lot.RemainingPoints)))
        .OrderBy(sum => sum.expiresAt);

    /// <summary>
    /// The promise holds at the end of every history; one of any length may come up, so after every step.
    /// </summary>
    private static void Holds(Func<PointsHistory, bool> promise) => Plays(
        (history, step) =>
        {
            history.Play(step);
            return true;
        },
        promise);

    private static void Plays(
        Func<PointsHistory, PointsStep, bool> isRight, Func<PointsHistory, bool>? isRightAtEnd = null) =>
        Prop.ForAll(PointsHistory.Any, steps =>
        {
            var history = new PointsHistory();
            foreach (var step in steps)
            {
                history.Wait(step.DaysLater);
                if (!isRight(history, step)) return false;
            }

            return isRightAtEnd?.Invoke(history) ?? true;
        }).CheckThoroughly();
}
