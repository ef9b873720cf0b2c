using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Activities;
using Pond.Tests.Orders;

namespace Pond.Tests.Activities;

/// <summary>The life of an activity, as operators lead it and the clock ends it.</summary>
public sealed class RunningActivities(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact, Rule("ACT-01")]
    public async Task An_activity_is_published_paused_resumed_and_ended_and_nothing_else()
    {
        var id = await api.Draft(ActivitySteps.Plan(api, await api.Product()));
        var story = new (string Wish, string? WhyNot, string State)[]
        {
            ("paused", "activity.no_such_edge", "draft"),
            ("closed", "activity.no_such_edge", "draft"),
            ("published", null, "published"),
            ("published", null, "published"),
            ("draft", "activity.no_such_edge", "published"),
            ("publishing", "activity.no_such_edge", "published"),
            ("paused", null, "paused"),
            ("published", null, "published"),
            ("paused", null, "paused"),
            ("ended", null, "ended"),
            ("ended", null, "ended"),
            ("published", "activity.no_such_edge", "ended"),
            ("closed", "activity.no_such_edge", "ended"),
        };

        foreach (var (wish, whyNot, state) in story)
        {
            Assert.Equal(whyNot, await (await api.Turn(id, wish)).Code());
            Assert.Equal(state, await api.StateOf(id));
        }
    }

    [Fact, Rule("ACT-01")]
    public async Task A_draft_that_nobody_wants_is_closed_at_once_and_never_had_any_stock()
    {
        var skuId = await api.Product(stock: 20);
        var id = await api.Draft(ActivitySteps.Plan(api, skuId));

        Assert.Equal("closed", (await (await api.Turn(id, "ended")).Json()).Text("state"));
        Assert.Equal("activity.no_such_edge", await (await api.Turn(id, "published")).Code());
        Assert.Equal((20, 0), await api.PiecesOf(skuId));
        Assert.Null(await Find(ActivityKind.GroupBuy, id)); // shoppers never knew it
    }

    [Fact, Rule("ACT-01")]
    public async Task What_operators_do_to_an_activity_is_in_the_audit()
    {
        var id = await api.Draft(ActivitySteps.Plan(api, await api.Product()));
        await api.Turn(id, "published");
        await api.Turn(id, "paused");
        await api.Deliver();

        Assert.Equal(
            [("activity.create", null, "draft"), ("activity.state", "draft", "publishing"),
                ("activity.state", "published", "paused")],
            (await api.AuditOf(id)).Select(act => (
                act.Text("action"), act.TryGetProperty("before", out var before) ? before.GetString() : null,
                act.Text("after"))));
    }

    [Fact, Rule("ACT-01")]
    public async Task The_same_wish_drafts_one_activity_and_one_that_makes_no_sense_none()
    {
        var (skuId, key) = (await api.Product(), Phone.NewKey());
        var plan = ActivitySteps.Plan(api, skuId);

        var first = await api.TryDraft(plan, key);
        var again = await api.TryDraft(plan, key);

        Assert.Equal(first.Activity!.Id, again.Activity!.Id);
        Assert.Equal(
            "activity.bad_window", (await api.TryDraft(plan with { EndsAt = plan.StartsAt }, Phone.NewKey())).WhyNot);
        Assert.Equal(
            "activity.doubled_goods",
            (await api.TryDraft(plan with { Goods = [.. plan.Goods, .. plan.Goods] }, Phone.NewKey())).WhyNot);
    }

    [Fact, Rule("ACT-01")]
    public async Task What_is_no_activity_is_missing_and_no_goods_are_on_offer_above_their_price()
    {
        Assert.Equal(
            HttpStatusCode.NotFound, (await api.Turn(new Pond.Platform.Ids().Next(), "published")).StatusCode);
        Assert.Equal("activity.missing", await (await api.Operator().Get($"{ActivitySteps.Path}/nothing")).Code());
        var (skuId, drafts) = (await api.Product(priceFen: 4_000), api.Services.GetRequiredService<ActivityDrafts>());
        Assert.Null(await drafts.WhyNoSale([(skuId, 3_999)], CancellationToken.None));
        Assert.Equal("activity.not_a_sale", (await drafts.WhyNoSale([(skuId, 4_000)], CancellationToken.None))?.Code);
        Assert.Equal("activity.not_a_sale", (await drafts.WhyNoSale([("nothing", 1)], CancellationToken.None))?.Code);
    }

    [Fact, Rule("ACT-02")]
    public async Task The_clock_opens_an_activity_and_ends_it_without_any_timer()
    {
        var plan = ActivitySteps.Plan(api, await api.Product());
        var id = await api.Published(plan with { StartsAt = plan.StartsAt.AddHours(1) });

        Assert.Equal(("activity.not_open", true), await Seen(id));
        api.Clock.MoveTo(plan.StartsAt.AddHours(1));
        Assert.Equal((null, true), await Seen(id));
        api.Clock.MoveTo(plan.EndsAt.AddTicks(-1));
        Assert.Equal((null, true), await Seen(id));
        api.Clock.MoveTo(plan.EndsAt);
        Assert.Equal(("activity.over", false), await Seen(id));
        Assert.Equal("published", await api.StateOf(id)); // nothing has run
    }

    [Fact, Rule("ACT-02")]
    public async Task Pausing_resuming_and_ending_hold_from_the_answer_on()
    {
        var plan = ActivitySteps.Plan(api, await api.Product());
        var id = await api.Draft(plan);
        Assert.Equal((null, false), await Seen(id)); // nobody sees a draft

        await api.Turn(id, "published");
        Assert.Equal((null, true), await Seen(id));
        await api.Turn(id, "paused");
        Assert.Equal(("activity.paused", false), await Seen(id));
        await api.Turn(id, "published");
        Assert.Equal((null, true), await Seen(id));
        var ended = await (await api.Turn(id, "ended")).Json();
        Assert.Equal(("activity.over", false), await Seen(id));

        Assert.Equal(api.Clock.GetUtcNow(), ended.GetProperty("endsAt").GetDateTimeOffset());
        Assert.Equal(
            api.Clock.GetUtcNow() + ActivitySteps.Aftermath, ended.GetProperty("stockUntil").GetDateTimeOffset());
    }

    [Fact, Rule("ACT-02")]
    public async Task What_is_over_is_neither_published_nor_resumed_and_a_pause_does_not_outlast_the_end()
    {
        var plan = ActivitySteps.Plan(api, await api.Product());
        var (late, paused) = (await api.Draft(plan), await api.Published(plan));
        await api.Turn(paused, "paused");
        api.Clock.MoveTo(plan.EndsAt);

        Assert.Equal("activity.bad_window", await (await api.Turn(late, "published")).Code());
        Assert.Equal("activity.bad_window", await (await api.Turn(paused, "published")).Code());
        Assert.Equal(("activity.over", false), await Seen(paused));
    }

    [Fact, Rule("ACT-02")]
    public async Task A_shopper_sees_what_is_open_or_opens_soon_of_one_kind_and_the_first_to_end_first()
    {
        var plan = ActivitySteps.Plan(api, await api.Product());
        var later = await api.Published(plan with { EndsAt = plan.EndsAt.AddDays(1) }, ActivityKind.Bargain);
        var sooner = await api.Published(plan, ActivityKind.Bargain);
        var other = await api.Published(plan, ActivityKind.FlashSale);

        var live = await api.Services.GetRequiredService<LiveActivities>().Of(
            ActivityKind.Bargain, CancellationToken.None);

        Assert.Equal([sooner, later], live.Select(one => one.Id).Where(id => id == sooner || id == later));
        Assert.DoesNotContain(other, live.Select(one => one.Id));
        Assert.Null(await Find(ActivityKind.Bargain, other));
        Assert.Equal(1, (await Find(ActivityKind.FlashSale, other))!.TermsAs<Terms>().Price);
    }

    [Fact, Rule("ACT-01")]
    public async Task Operators_see_every_activity_in_the_order_of_its_drafting()
    {
        var plan = ActivitySteps.Plan(api, await api.Product());
        var first = await api.Draft(plan);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await api.Draft(plan);

        var all = (await api.Operator().AllPages(ActivitySteps.Path, 2)).Select(one => one.Text("activityId")).ToArray();

        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal([first, second], all.Where(id => id == first || id == second));
    }

    // Why nothing can be begun, and whether shoppers are shown it.
    private async Task<(string? WhyNot, bool IsLive)> Seen(string id)
    {
        var live = await api.Services.GetRequiredService<LiveActivities>().Of(
            ActivityKind.GroupBuy, CancellationToken.None);
        var found = await Find(ActivityKind.GroupBuy, id);
        return (found?.WhyNot(api.Clock.GetUtcNow())?.Code, live.Any(one => one.Id == id));
    }

    private Task<Activity?> Find(ActivityKind kind, string id) =>
        api.Services.GetRequiredService<LiveActivities>().Find(kind, id, CancellationToken.None);

    private sealed record Terms(int Price);
}
