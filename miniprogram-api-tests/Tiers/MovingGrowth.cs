using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Tiers;

namespace Pond.Tests.Tiers;

/// <summary>Two accounts of any past become one: growth is that of both, and the tier the higher one.</summary>
[Rule("AUTH-10")]
public sealed class MovingGrowth
{
    [Fact, Rule("MBR-01")]
    public void The_growth_of_two_accounts_is_that_of_the_one_on_every_day() => AfterAnyTwoPasts((from, into, _) =>
    {
        var (total, days) = (Total(from, into), Days(from, into));

        var moved = Leave(from);
        Arrive(into, moved);

        return Total(into) == total && Days(into).SequenceEqual(days) && IsEmpty(from) && IsSound(from) && IsSound(into);
    });

    [Fact]
    public void It_leaves_and_arrives_once_however_often_it_is_told() => AfterAnyTwoPasts((from, into, _) =>
    {
        var moved = Leave(from);
        Arrive(into, moved);
        var (left, has) = (Text(from), Text(into));

        var again = Leave(from);
        var facts = Arrive(into, moved);

        return again is null && facts.Count == 0 && Text(from) == left && Text(into) == has;
    });

    [Fact, Rule("MBR-04")]
    public void What_leaves_is_the_same_however_late_it_does() => AfterAnyTwoPasts((from, _, _) =>
    {
        var (mergedAt, account) = (from.Now, from.Account);
        GrowthMovedV1? LeftAt(DateTimeOffset now) => MovedBy(
            MergingRules.Leave(account, from.Programme, mergedAt, now));

        return Stored.Write(LeftAt(mergedAt) ?? None) == Stored.Write(LeftAt(mergedAt.AddDays(500)) ?? None);
    });

    [Fact]
    public void Of_two_that_arrive_either_may_be_the_first() => AfterAnyThreePasts((one, other, into) =>
    {
        var (total, days, rank) = (Total(one, other, into), Days(one, other, into), Highest(one, other, into));
        GrowthMovedV1?[] moves = [Leave(one), Leave(other)];
        var account = into.Account;
        foreach (var order in new[] { moves, [.. moves.Reverse()] })
        {
            var after = order.OfType<GrowthMovedV1>().Aggregate(account, (at, moved) => MergingRules
                .Arrive(at with { Booked = null }, into.Programme, moved, into.Now)
                .Facts.Aggregate(at, TierFold.Evolve));
            var isRight = after.Growth.TotalGrowth == total
                && Days(after.Days, into.Now).SequenceEqual(days)
                && into.Programme.TierOf(after.Membership).Rank >= rank;
            if (!isRight) return false;
        }

        return true;
    });

    [Fact, Rule("MBR-03")]
    public void The_tier_is_the_higher_one_at_least_and_the_record_says_why() => AfterAnyTwoPasts((from, into, _) =>
    {
        var (rank, own) = (Highest(from, into), Highest(into));

        var facts = Arrive(into, Leave(from));

        var causes = facts.OfType<TierEvent.Moved>().Select(moved => moved.Change?.Cause);
        return Highest(into) >= rank
            && (Highest(into) == own || causes.Any(cause => cause is TierCause.Merge or TierCause.Growth))
            && facts.OfType<TierEvent.Moved>().All(moved => moved.Change is not { Cause: TierCause.Merge } change
                || Rank(into, change.To) >= Rank(into, change.From));
    });

    [Fact, Rule("MBR-03")]
    public void Nothing_that_either_was_given_is_given_again_within_its_validity() =>
        AfterAnyTwoPasts((from, into, later) =>
        {
            into.Sweep(); // what was due before the merge brings what it would have brought without one
            var (given, known) = (into.Brought.Count, into.Account.Membership.Cycles);
            var moved = Leave(from);
            Arrive(into, moved);
            foreach (var step in later)
            {
                into.Wait(step.HoursLater);
                into.Play(step);
            }

            var marks = known.Concat(moved?.Membership.Cycles ?? []).ToLookup(mark => mark.Code);
            return into.Brought.Skip(given).All(brought => marks[brought.What.Code].All(mark =>
                mark.Until <= brought.At && mark.Number < brought.What.Cycle))
                && into.Brought.DistinctBy(brought => (brought.What.Code, brought.What.Cycle)).Count()
                    == into.Brought.Count;
        });

    [Fact]
    public void Nothing_happens_to_the_merged_account_any_more() => AfterAnyTwoPasts((from, _, later) =>
    {
        foreach (var hasLeft in new[] { false, true })
        {
            if (hasLeft) Leave(from);
            var before = Text(from);
            foreach (var step in later)
            {
                from.Wait(step.HoursLater);
                if (from.Play(step).Refusal != MemberRefusals.Merged) return false;
            }

            if (Text(from) != before) return false;
        }

        return TierRules.NextDue(from.Account.Membership) is null;
    });

    private static readonly GrowthMovedV1 None = new("", "", 0, [], Membership.Newcomer);

    private static GrowthMovedV1? Leave(TierHistory from)
    {
        var at = from.Now;
        return MovedBy(from.Run(from.Id, account => MergingRules.Leave(account, from.Programme, at, at)));
    }

    private static IReadOnlyList<TierEvent> Arrive(TierHistory into, GrowthMovedV1? moved) => moved is null
        ? []
        : into.Run(
            moved.FromMemberId, account => MergingRules.Arrive(account, into.Programme, moved, into.Now)).Facts;

    /// <summary>What of a decision goes on to the other account.</summary>
    private static GrowthMovedV1? MovedBy(Decision<TierEvent> decision) => decision.Facts
        .SelectMany(fact => TierRows.Account("m").Announce!(fact))
        .Select(message => message.Body).OfType<GrowthMovedV1>().SingleOrDefault();

    private static long Total(params TierHistory[] all) => all.Sum(history => history.Account.Growth.TotalGrowth);

    private static DayGrowth[] Days(params TierHistory[] all) =>
        Days(all.SelectMany(history => history.Account.Days), all[0].Now);

    /// <summary>Those that a window may still reach.</summary>
    private static DayGrowth[] Days(IEnumerable<DayGrowth> days, DateTimeOffset now) =>
    [
        .. days.Where(day => day.Day.Date > ChinaDay.Of(now).Date.AddDays(-ProgrammeRules.WindowDaysMax))
            .GroupBy(day => day.Day, (day, same) => new DayGrowth(day, same.Sum(each => each.Growth)))
            .OrderBy(day => day.Day.Date),
    ];

    private static int Highest(params TierHistory[] all) => all.Max(history => Rank(history, history.Tier.Code));

    private static int Rank(TierHistory history, string code) =>
        history.Programme.Tiers.Single(tier => tier.Code == code).Rank;

    private static bool IsEmpty(TierHistory history) =>
        history.Account is { Growth.TotalGrowth: 0, Days.Count: 0, Membership: { Stay: null, Manual: null } };

    private static bool IsSound(TierHistory history)
    {
        var (entries, sum) = (history.Entries, history.Account.Growth);
        return entries.Sum(entry => entry.Growth) == sum.TotalGrowth
            && entries.Zip(entries.Skip(1)).All(two =>
                two.First.Hash() == two.Second.Previous
                && two.First.AfterGrowth + two.Second.Growth == two.Second.AfterGrowth)
            && history.Changes.Zip(history.Changes.Skip(1)).All(two =>
                two.First.To == two.Second.From && two.First.Seq + 1 == two.Second.Seq)
            && !history.HasClash;
    }

    private static string Text(TierHistory history) =>
        Stored.Write(history.Account) + Stored.Write(history.Entries) + Stored.Write(history.Changes);

    private static void AfterAnyTwoPasts(Func<TierHistory, TierHistory, TierStep[], bool> isRight) => Prop.ForAll(
        TierHistory.Any,
        TierHistory.Any,
        TierHistory.Any,
        (ofFrom, ofInto, later) =>
        {
            var from = Played(ofFrom.Programme, "from", ofFrom.Steps);
            var into = Played(ofFrom.Programme, "into", ofInto.Steps);
            Meet(from, into);
            return isRight(from, into, later.Steps);
        }).CheckThoroughly();

    private static void AfterAnyThreePasts(Func<TierHistory, TierHistory, TierHistory, bool> isRight) => Prop.ForAll(
        TierHistory.Any,
        TierHistory.Any,
        TierHistory.Any,
        (ofOne, ofOther, ofInto) =>
        {
            var one = Played(ofOne.Programme, "one", ofOne.Steps);
            var other = Played(ofOne.Programme, "other", ofOther.Steps);
            var into = Played(ofOne.Programme, "into", ofInto.Steps);
            Meet(one, into);
            Meet(other, into);
            Meet(one, into); // once more, should the second have come further than both
            return isRight(one, other, into);
        }).CheckThoroughly();

    private static TierHistory Played(Programme programme, string id, TierStep[] steps)
    {
        var history = new TierHistory(programme, id);
        foreach (var step in steps)
        {
            history.Wait(step.HoursLater);
            history.Play(step);
        }

        return history;
    }

    // Each waits until the other has come as far; a wait more than needed does no harm.
    private static void Meet(TierHistory from, TierHistory into)
    {
        from.Wait(Math.Max(0, (int)(into.Now - from.Now).TotalHours));
        into.Wait(Math.Max(0, (int)(from.Now - into.Now).TotalHours));
        from.BecomePartOf(into.Id);
    }
}
