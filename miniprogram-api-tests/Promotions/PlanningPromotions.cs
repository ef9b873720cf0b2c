using System.Net;
using Pond.Tests.Activities;
using Pond.Tests.Coupons;
using Pond.Tests.Operators;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;

namespace Pond.Tests.Promotions;

/// <summary>The life of a promotion, as two operators lead it.</summary>
public sealed class PlanningPromotions(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact, Rule("CMP-06")]
    public async Task Who_submits_a_promotion_does_not_approve_it()
    {
        var (id, maker) = (await Ready(api.Plan()), await api.OperatorWith("marketing"));
        await PromotionSteps.Ok(await maker.Stage(id, "submitted", await api.VersionOf(id)));

        var own = await maker.Stage(id, "approved", await api.VersionOf(id));

        Assert.Equal((HttpStatusCode.Forbidden, "promotion.own"), (own.StatusCode, await own.Code()));
        Assert.Equal("submitted", (await api.PlanOf(id)).Text("stage"));
        var other = await api.OperatorWith("marketing");
        await PromotionSteps.Ok(await other.Stage(id, "approved", await api.VersionOf(id)));
        Assert.Equal("approved", (await api.PlanOf(id)).Text("stage"));
    }

    [Fact, Rule("CMP-06")]
    public async Task Nothing_is_submitted_approved_or_replaced_that_was_not_looked_at()
    {
        var plan = api.Plan();
        var id = await Ready(plan);
        var (console, version) = (api.Operator(), await api.VersionOf(id));

        Assert.Equal("promotion.stale", await (await console.Stage(id, "submitted")).Code());
        Assert.Equal("promotion.stale", await (await console.Stage(id, "submitted", version - 1)).Code());
        Assert.Equal("promotion.stale", await (await api.Edit(id, plan, version - 1)).Code());
        await PromotionSteps.Ok(await console.Stage(id, "submitted", version));
        Assert.Equal("promotion.no_such_edge", await (await api.Edit(id, plan, version + 1)).Code());
        var other = await api.OperatorWith("marketing");
        Assert.Equal("promotion.stale", await (await other.Stage(id, "approved")).Code());
        Assert.Equal("promotion.stale", await (await other.Stage(id, "approved", version)).Code());
        await PromotionSteps.Ok(await other.Stage(id, "draft", version + 1, "时间有误"));
        await PromotionSteps.Ok(await api.Edit(id, plan.With("name", "春茶节二"), version + 2));
    }

    [Fact, Rule("CMP-01")]
    public async Task A_promotion_goes_along_its_edges_and_no_others()
    {
        var plan = api.Plan();
        var id = await Ready(plan);
        var (maker, other) = (api.Operator(), await api.OperatorWith("marketing"));
        var story = new (Phone By, string Wish, string? WhyNot, string Stage)[]
        {
            (maker, "approved", "promotion.no_such_edge", "draft"), (maker, "paused", "promotion.no_such_edge", "draft"),
            (maker, "submitted", null, "submitted"), (maker, "submitted", null, "submitted"),
            (other, "draft", null, "draft"), (maker, "submitted", null, "submitted"),
            (other, "archived", "promotion.no_such_edge", "submitted"), (other, "approved", null, "approved"),
            (maker, "draft", "promotion.no_such_edge", "approved"), (maker, "paused", null, "paused"),
            (maker, "approved", null, "approved"), (maker, "ended", null, "ended"),
            (maker, "approved", "promotion.no_such_edge", "ended"), (maker, "archived", null, "archived"),
            (maker, "ended", "promotion.no_such_edge", "archived"),
        };

        foreach (var (by, wish, whyNot, stage) in story)
        {
            Assert.Equal(whyNot, await (await by.Stage(id, wish, await api.VersionOf(id))).Code());
            Assert.Equal(stage, (await api.PlanOf(id)).Text("stage"));
        }
    }

    [Fact, Rule("CMP-06")]
    public async Task What_was_done_stands_in_the_audit_with_why_before_and_after()
    {
        var plan = api.Plan();
        var (id, _) = await api.Coupons(plan);
        await PromotionSteps.Ok(await api.Operator().Stage(id, "paused", reason: "投诉过多"));
        await api.Deliver();

        var acts = await api.AuditOf(id);

        Assert.Equal(
            ["promotion.create", "promotion.edit", "promotion.submit", "promotion.approve", "promotion.pause"],
            acts.Select(act => act.Text("action")));
        Assert.Equal("投诉过多", acts[^1].Text("reason"));
        Assert.Contains("\"stage\":\"Approved\"", acts[^1].Text("before"), StringComparison.Ordinal);
        Assert.Contains("\"stage\":\"Paused\"", acts[^1].Text("after"), StringComparison.Ordinal);
        Assert.Contains("\"version\":1", acts[1].Text("before"), StringComparison.Ordinal);
        Assert.Contains("\"version\":2", acts[1].Text("after"), StringComparison.Ordinal);
        Assert.NotEqual(acts[2].Text("operatorId"), acts[3].Text("operatorId"));
    }

    [Fact, Rule("CMP-06")]
    public async Task What_was_approved_only_lasts_longer_or_gives_more()
    {
        var plan = api.Plan().With("couponsMax", 5);
        var (id, _) = await api.Coupons(plan);
        var endsAt = (DateTimeOffset)plan["endsAt"]!;

        foreach (var (field, value) in new (string, object?)[]
        {
            ("name", "别名"), ("endsAt", endsAt.AddHours(-1)), ("couponsMax", 4), ("audience", "newcomers"),
            ("startsAt", endsAt.AddDays(-8)), ("parts", Array.Empty<object>()),
            ("hours", new[] { new { fromHour = 9, untilHour = 12 } }),
        })
        {
            var other = new Dictionary<string, object?>(plan).With(field, value);
            Assert.Equal("promotion.fixed", await (await api.Edit(id, other, await api.VersionOf(id))).Code());
        }

        plan = plan.With("endsAt", endsAt.AddDays(1)).With("couponsMax", 6);
        await PromotionSteps.Ok(await api.Edit(id, plan, await api.VersionOf(id)));
        Assert.Equal(endsAt.AddDays(1), (await api.PlanOf(id)).GetProperty("endsAt").GetDateTimeOffset());
        Assert.Equal(6, (await api.PlanOf(id)).Whole("couponsMax"));
    }

    [Fact, Rule("CMP-01")]
    public async Task Only_published_parts_that_say_that_they_belong_to_it_are_submitted()
    {
        var plan = api.Plan();
        var id = await api.DraftPlan(plan);
        var draft = await api.DraftTemplate(api.TemplateIn(id));
        var another = await api.PublishTemplate(api.TemplateIn(await api.DraftPlan(plan)));
        var nobodys = await api.PublishTemplate(api.TemplateIn(null));
        var groupBuy = await api.Published(ActivitySteps.Plan(api, await api.Product()) with { PromotionId = id });

        Assert.Equal("promotion.no_parts", await Submit(id, plan));
        foreach (var templateId in new[] { draft, another, nobodys, Platform.Ids.From("nothing") })
            Assert.Equal("promotion.part_unfit", await Submit(id, plan, ("couponTemplate", templateId)));
        Assert.Equal("promotion.part_unfit", await Submit(id, plan, ("bargain", groupBuy)));
        Assert.Equal("promotion.part_unfit", await Submit(id, plan, ("pricePromotion", groupBuy)));
        Assert.Null(await Submit(id, plan, ("groupBuy", groupBuy)));
    }

    [Fact, Rule("CMP-02")]
    public async Task A_plan_that_makes_no_sense_is_not_taken()
    {
        var now = api.Clock.GetUtcNow();
        foreach (var (field, value, code) in new (string, object?, string)[]
        {
            ("endsAt", now, "promotion.bad_range"), ("endsAt", now.AddDays(367), "promotion.bad_range"),
            ("startsAt", HandClock.Start.AddYears(-7), "promotion.bad_range"),
            ("hours", new[] { new { fromHour = 9, untilHour = 9 } }, "promotion.bad_hours"),
            ("audience", "tiers", "promotion.bad_audience"), ("newDays", 3, "promotion.bad_audience"),
            ("parts", PromotionSteps.PartsOf(("bargain", new string('0', 26)), ("bargain", new string('0', 26))), "promotion.doubled_part"),
        })
        {
            var answer = await api.Operator().Post(PromotionSteps.PlansPath, api.Plan().With(field, value));
            Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await answer.Code()));
        }

        // A day that is over before the hours of its week come.
        var never = api.Plan().With("endsAt", now.AddDays(1))
            .With("hours", new[] { new { weekdays = new[] { now.AddDays(3).DayOfWeek.ToString().ToLowerInvariant() }, fromHour = 9, untilHour = 12 } });
        Assert.Equal("promotion.never_open", await (await api.Operator().Post(PromotionSteps.PlansPath, never)).Code());
    }

    [Fact, Rule("CMP-01")]
    public async Task A_clone_is_a_draft_like_it_without_its_parts_and_lists_show_what_is_there_now()
    {
        var (id, _) = await api.Coupons();
        var answer = await api.Operator().Post($"{PromotionSteps.PlansPath}/{id}/clones", new { name = "再来一次", reason = "下一期" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var clone = await answer.Json();

        Assert.Equal(("再来一次", "draft", 0), (
            clone.Text("name"), clone.Text("phase"), clone.GetProperty("parts").GetArrayLength()));
        Assert.Equal(
            (await api.PlanOf(id)).Text("endsAt"), clone.Text("endsAt"));
        Assert.Contains(id, await Listed("live"));
        Assert.DoesNotContain(id, await Listed("draft"));
        Assert.Contains(clone.Text("promotionId"), await Listed("draft"));
        Assert.Equal(
            "promotion.no_such_phase", await (await api.Operator().Get($"{PromotionSteps.PlansPath}?phase=gone")).Code());
    }

    [Fact, Rule("CMP-07")]
    public async Task A_dry_run_tells_what_would_be_wanted_what_it_costs_and_what_is_in_the_way()
    {
        var (plan, skuId) = (api.Plan().With("couponsMax", 50), await api.Product());
        var (id, rival) = (await api.DraftPlan(plan), await api.DraftPlan(plan));
        var templateId = await api.PublishTemplate(api.TemplateIn(id, stock: 40));
        var groupBuy = await api.Draft(ActivitySteps.Plan(api, skuId, pieces: 4) with { PromotionId = id });
        var other = await api.Published(ActivitySteps.Plan(api, skuId, pieces: 4) with { PromotionId = rival });
        await api.Approve(rival, plan, ("groupBuy", other));
        await PromotionSteps.Ok(await api.Edit(
            id, plan.With("parts", PromotionSteps.PartsOf(("couponTemplate", templateId), ("groupBuy", groupBuy))), 1));

        var preview = await (await api.Operator().Get($"{PromotionSteps.PlansPath}/{id}/preview?members=1000&takeUpBp=500")).Json();

        var parts = preview.GetProperty("parts").EnumerateArray().ToArray();
        Assert.Equal((50, 40, 20_000, 12_500), (
            parts[0].Whole("wanted"), parts[0].Whole("claims"), parts[0].Whole("costFen"), parts[0].Whole("pressureBp")));
        Assert.Equal((false, 4), (parts[1].GetProperty("isReady").GetBoolean(), parts[1].Whole("claims")));
        Assert.Equal((40, 8_000), (preview.Whole("coupons"), preview.Whole("budgetPressureBp")));
        var overlap = Assert.Single(preview.GetProperty("overlaps").EnumerateArray(), one => one.Text("promotionId") == rival);
        Assert.Equal(skuId, Assert.Single(overlap.GetProperty("skuIds").EnumerateArray()).GetString());
        Assert.Equal(
            "promotion.bad_guess", await (await api.Operator().Get($"{PromotionSteps.PlansPath}/{id}/preview?members=0")).Code());
    }

    private async Task<string> Ready(Dictionary<string, object?> plan)
    {
        var id = await api.DraftPlan(plan);
        var templateId = await api.PublishTemplate(api.TemplateIn(id));
        plan["parts"] = PromotionSteps.PartsOf(("couponTemplate", templateId));
        await PromotionSteps.Ok(await api.Edit(id, plan, 1));
        return id;
    }

    private async Task<string?> Submit(string id, Dictionary<string, object?> plan, params (string, string)[] parts)
    {
        await PromotionSteps.Ok(
            await api.Edit(id, plan.With("parts", PromotionSteps.PartsOf(parts)), await api.VersionOf(id)));
        return await (await api.Operator().Stage(id, "submitted", await api.VersionOf(id))).Code();
    }

    private async Task<string[]> Listed(string phase) =>
    [
        .. (await (await api.Operator().Get($"{PromotionSteps.PlansPath}?phase={phase}&limit=100")).Json()).Items()
            .Select(one => one.Text("promotionId")),
    ];
}
