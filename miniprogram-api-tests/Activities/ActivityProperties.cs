using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pond.Activities;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Tests.Activities;

/// <param name="Wish">What an operator wants; null for the app, which goes on with a publication or closes.</param>
public sealed record ActivityStep(int Which, ActivityState? Wish, bool HasStock, int Hours);

/// <summary>Several activities through any history, on the rows that the app would write.</summary>
[Rule("ACT-01")]
public sealed class ActivityProperties
{
    private static readonly string[] Ids = ["one", "two", "three"];

    private static readonly (ActivityState Before, ActivityState After)[] Edges =
    [
        (ActivityState.Draft, ActivityState.Publishing), (ActivityState.Draft, ActivityState.Closed),
        (ActivityState.Publishing, ActivityState.Published), (ActivityState.Publishing, ActivityState.Draft),
        (ActivityState.Published, ActivityState.Paused), (ActivityState.Published, ActivityState.Ended),
        (ActivityState.Published, ActivityState.Closed), (ActivityState.Paused, ActivityState.Published),
        (ActivityState.Paused, ActivityState.Ended), (ActivityState.Paused, ActivityState.Closed),
        (ActivityState.Ended, ActivityState.Closed),
    ];

    [Fact]
    public void An_activity_moves_along_its_edges_and_each_change_counts_one() => Plays((history, step) =>
    {
        var before = history.Of(step.Which);
        history.Play(step);
        var after = history.Of(step.Which);
        return after.Version == before.Version
            || (Edges.Contains((before.State, after.State)) && after.Version == before.Version + 1);
    });

    [Fact, Rule("ACT-02")]
    public void Something_can_be_begun_only_in_a_published_activity_within_its_window() => Plays((history, step) =>
    {
        history.Play(step);
        var activity = history.Of(step.Which);
        return activity.WhyNot(history.Now) is null == (activity.State is ActivityState.Published
            && activity.Plan.StartsAt <= history.Now && history.Now < activity.Ends)
            && activity.Ends <= activity.Plan.EndsAt;
    });

    [Fact, Rule("ACT-03")]
    public void Those_that_have_stock_are_on_the_list_and_no_others() => Plays((history, step) =>
    {
        history.Play(step);
        return history.Rows.Under<Activity>("live").Select(one => one.Id).Order(StringComparer.Ordinal).SequenceEqual(
            Enumerable.Range(0, Ids.Length).Select(history.Of).Where(one => one.HasStock).Select(one => one.Id)
                .Order(StringComparer.Ordinal))
            && !history.Rows.HasClash;
    });

    [Fact, Rule("ACT-03")]
    public void Nothing_is_closed_before_what_was_begun_in_it_is_over() => Plays((history, step) =>
    {
        var hadStock = history.Of(step.Which).HasStock;
        history.Play(step);
        var after = history.Of(step.Which);
        return !hadStock || after.State is not ActivityState.Closed || after.StockUntil <= history.Now;
    });

    [Fact]
    public void Of_ninety_that_have_stock_none_more_is_published()
    {
        var activity = Drafted("one");
        var live = Enumerable.Range(0, ActivityRules.LiveMax).Select(number => Drafted($"live-{number}")).ToArray();

        Assert.Equal(ActivityRefusals.TooManyLive, Publish(live).Refusal);
        Assert.Null(Publish(live[1..]).Refusal);

        Decision<ActivityEvent> Publish(IReadOnlyList<Activity> all) => ActivityRules.ChangeState(
            new ActivityBoard(activity, all, 1), ActivityState.Published, [], "op", HandClock.Start);
    }

    [Fact, Rule("ACT-03")]
    public void What_a_former_try_to_publish_heard_changes_nothing() => Plays((history, step) =>
    {
        var activity = history.Of(step.Which);
        history.Play(step);
        var late = ActivityRules.SettlePublishing(
            history.Board(step.Which), activity.Version - 1, hasStock: true, history.Now);
        return late.Facts.Count == 0;
    });

    private static Activity Drafted(string id) => new(
        id, ActivityKind.GroupBuy,
        new ActivityPlan(
            "春茶", HandClock.Start.AddHours(3), HandClock.Start.AddHours(9), [new ActivityGoods("sku", 1)],
            TimeSpan.FromHours(5)),
        JsonSerializer.SerializeToElement(new { price = 1 }), ActivityState.Draft, Version: 1);

    private static void Plays(Func<History, ActivityStep, bool> isRight) => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step => isRight(history, step));
    }).CheckThoroughly();

    private static Arbitrary<ActivityStep[]> Steps => Gen.Choose(1, 40).SelectMany(count => (
        from which in Gen.Choose(0, Ids.Length - 1)
        from isOperator in Gen.Elements(true, true, false)
        from wish in Gen.Elements(Enum.GetValues<ActivityState>())
        from hasStock in Gen.Elements(true, true, false)
        from hours in Gen.Elements(0, 0, 0, 1, 2)
        select new ActivityStep(which, isOperator ? wish : null, hasStock, hours)).ArrayOf(count)).ToArbitrary();

    private sealed class History
    {
        public History()
        {
            foreach (var id in Ids)
            {
                var plan = Drafted(id).Plan;
                Rows.Run(ActivityRows.Board(id), board => ActivityRules.Draft(
                    board, id, ActivityKind.GroupBuy, plan, JsonSerializer.SerializeToElement(new { price = 1 }), "op", Now));
            }
        }

        public LayoutRows Rows { get; } = new();

        public DateTimeOffset Now { get; private set; } = HandClock.Start;

        public ActivityBoard Board(int which) => Rows.State(ActivityRows.Board(Ids[which]));

        public Activity Of(int which) => Board(which).Activity!;

        public void Play(ActivityStep step)
        {
            Now = Now.AddHours(step.Hours);
            StockWant[] wants = [new("sku", 1, 1)];
            Rows.Run(ActivityRows.Board(Ids[step.Which]), board =>
                step.Wish is { } wish ? ActivityRules.ChangeState(board, wish, wants, "op", Now)
                : board.Activity!.State is ActivityState.Publishing
                    ? ActivityRules.SettlePublishing(board, board.Activity.Version, step.HasStock, Now)
                    : ActivityRules.Close(board, Now));
        }
    }
}
