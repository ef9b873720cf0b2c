using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Tiers;

namespace Pond.Tests.Tiers;

public sealed class TierProperties
{
    private static readonly Config Thousand = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    [Fact, Rule("MBR-01"), Rule("D14")]
    public void Growth_is_the_sum_of_its_entries_which_are_numbered_without_a_gap() => Holds(history =>
    {
        var (entries, account) = (history.Entries, history.Account);
        var recent = entries.Where(entry =>
            ChinaDay.Of(entry.At).AddDays(history.Programme.WindowDays).Date > ChinaDay.Of(history.Now).Date);
        return entries.Select(entry => entry.Seq).SequenceEqual(Enumerable.Range(1, entries.Count).Select(seq => (long)seq))
            && entries.Sum(entry => entry.Growth) == account.Growth.TotalGrowth
            && entries.Zip(entries.Skip(1)).All(two => two.First.AfterGrowth + two.Second.Growth == two.Second.AfterGrowth)
            && entries.All(entry => entry.AfterGrowth >= 0)
            && (history.Programme.WindowDays == 0
                || account.GrowthOn(ChinaDay.Of(history.Now), history.Programme.WindowDays)
                    == Math.Max(0, recent.Sum(entry => entry.Growth)))
            && entries.DistinctBy(entry => entry.Cause).Count() == entries.Count
            && !history.HasClash;
    });

    [Fact, Rule("MBR-01")]
    public void Entries_are_an_unbroken_chain() => Holds(history => history.Entries.Count == 0
        || (history.Entries[0].Previous == ""
            && history.Entries.Zip(history.Entries.Skip(1)).All(two => two.First.Hash() == two.Second.Previous)
            && history.Entries[^1].Hash() == history.Account.Growth.LastHash));

    [Fact, Rule("MBR-04")]
    public void The_tier_follows_from_programme_entries_gifts_and_time_whenever_it_is_reviewed() =>
        Prop.ForAll(TierHistory.Any, drawn =>
        {
            var (history, oracle) = (new TierHistory(drawn.Programme), new TierOracle(drawn.Programme));
            foreach (var step in drawn.Steps)
            {
                history.Wait(step.HoursLater);
                var facts = history.Play(step).Facts;
                if (facts.Any(fact => fact is TierEvent.Grown)) oracle.Book(step.Growth, history.Now);
                if (facts.Any(fact => fact is TierEvent.Assigned))
                    oracle.Give(step.TierIndex % drawn.Programme.Tiers.Count, history.Now.AddDays(step.ForDays));

                if (history.Tier != oracle.At(history.Now)) return false;
            }

            return true;
        }).Check(Thousand);

    [Fact, Rule("MBR-01"), Rule("MBR-04")]
    public void The_same_again_changes_nothing() => Plays((history, step) =>
    {
        if (history.Play(step).Facts.Count == 0) return true;
        var (entries, changes, notices) = (history.Entries.Count, history.Changes.Count, history.Notices.Count);
        return history.Play(step).Facts.Count == 0
            && history.Sweep().Facts.Count == 0
            && (history.Entries.Count, history.Changes.Count, history.Notices.Count) == (entries, changes, notices);
    });

    [Fact, Rule("MBR-01")]
    public void Another_amount_for_the_same_cause_is_refused() => Plays((history, step) =>
        history.Play(step).Facts.All(fact => fact is not TierEvent.Grown)
        || history.Play(step with { Growth = step.Growth + 1 }).Refusal is { } refusal
            && (refusal == TierRefusals.CauseTaken || refusal == TierRefusals.Zero));

    [Fact, Rule("MBR-03")]
    public void No_tier_brings_anything_twice_within_a_validity() => Holds(history => history.Brought
        .GroupBy(brought => brought.What.Code)
        .All(tier => tier.Select(brought => brought.What.Cycle)
                .SequenceEqual(Enumerable.Range(1, tier.Count()))
            && tier.All(brought => history.Changes
                .Where(change => change.To == tier.Key && change.At < brought.At)
                .All(before => before.ValidTo <= brought.At))));

    [Fact, Rule("MBR-03")]
    public void Changes_are_chained_numbered_and_in_the_order_of_time() => Holds(history =>
    {
        var changes = history.Changes;
        return changes.Select(change => change.Seq).SequenceEqual(Enumerable.Range(1, changes.Count).Select(seq => (long)seq))
            && changes.Zip(changes.Skip(1)).All(two =>
                two.First.To == two.Second.From && two.First.At <= two.Second.At)
            && changes.All(change => change.ValidTo is null || change.ValidTo > change.ValidFrom);
    });

    [Fact, Rule("MBR-04")]
    public void A_validity_never_moves_back_and_is_reviewed_after_its_end() => Holds(history =>
        history.Stays.Zip(history.Stays.Skip(1)).All(two => two.First.From <= two.Second.From)
        && history.Stays.All(stay => stay.To is null == stay.ReviewAt is null
            && (stay.To is null || (stay.From < stay.To && stay.To <= stay.ReviewAt))));

    [Fact, Rule("MBR-04")]
    public void A_warning_comes_at_most_once_for_a_stay_and_before_its_end() => Holds(history =>
        history.Notices.DistinctBy(notice => (notice.StayNumber, notice.DaysLeft)).Count() == history.Notices.Count
        && history.Notices.All(notice => notice.MissingGrowth > 0
            && notice.ValidTo.AddDays(-notice.DaysLeft) <= notice.At && notice.At < notice.ValidTo));

    [Fact, Rule("MBR-04")]
    public void After_a_sweep_nothing_is_due_before_now() => Plays((history, step) =>
    {
        history.Play(step);
        history.Sweep();
        return TierRules.NextDue(history.Account.Membership) is not { } due || due > history.Now;
    });

    /// <summary>The promise holds at the end of every history; one of any length may come up.</summary>
    private static void Holds(Func<TierHistory, bool> promise) => Plays(
        (history, step) =>
        {
            history.Play(step);
            return true;
        },
        promise);

    private static void Plays(
        Func<TierHistory, TierStep, bool> isRight, Func<TierHistory, bool>? isRightAtEnd = null) =>
        Prop.ForAll(TierHistory.Any, drawn =>
        {
            var history = new TierHistory(drawn.Programme);
            foreach (var step in drawn.Steps)
            {
                history.Wait(step.HoursLater);
                if (!isRight(history, step)) return false;
            }

            return isRightAtEnd?.Invoke(history) ?? true;
        }).Check(Thousand);
}
