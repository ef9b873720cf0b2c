using System.Net;
using Pond.Coupons;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-01")]
public class EditingDrafts(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_draft_gets_other_terms_and_is_listed_once_where_it_belongs()
    {
        var templateId = await api.DraftTemplate(Some.Template());
        foreach (var days in new[] { 5, 1, 2, 9 }) // the second to the last are the first ones again
        {
            var answer = await api.Operator().Put(PathOf(templateId), Terms("周年庆", HandClock.Start.AddDays(days)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var messages = await api.DeliverThrice(seed: 7);
        await api.DeliverAsIfNeverRemoved(messages, seed: 8);
        await api.ChangeTemplate(templateId, "published");
        await api.Deliver();
        var listed = (await api.Operator().AllPages("/api/operator/coupon-templates", 100))
            .Where(template => template.GetProperty("offer").Text("templateId") == templateId);
        var offered = (await (await shared.Newcomer()).AllPages("/api/coupons", 100))
            .Where(offer => offer.Text("templateId") == templateId);

        Assert.Equal("周年庆", Assert.Single(listed).GetProperty("offer").Text("name"));
        Assert.Equal("2026-03-11T12:00:00+08:00", Assert.Single(offered).Text("claimUntil"));
        var coupon = await (await (await shared.Newcomer()).Post(ClaimsOf(templateId))).Json();
        Assert.Equal("周年庆", coupon.Text("name"));
    }

    [Theory, InlineData("published"), InlineData("archived")]
    public async Task Only_a_draft_gets_other_terms(string state)
    {
        var templateId = await api.DraftTemplate(Some.Template());
        await api.ChangeTemplate(templateId, state);

        var answer = await api.Operator().Put(PathOf(templateId), Terms("周年庆", HandClock.Start.AddDays(2)));

        Assert.Equal("coupon.template_edge", await answer.Code());
    }

    [Fact]
    public async Task Unsound_terms_are_refused_and_the_draft_stays_as_it_is()
    {
        var templateId = await api.DraftTemplate(Some.Template());

        var answer = await api.Operator().Put(PathOf(templateId), Terms("周年庆", HandClock.Start));

        Assert.Equal("coupon.window", await answer.Code());
        var template = await (await api.Operator().Get(PathOf(templateId))).Json();
        Assert.Equal(1, template.GetProperty("template").Whole("version"));
    }

    [Fact]
    public async Task An_operator_sees_what_state_clock_and_stock_come_to()
    {
        await using var own = await MiniProgramApi.Start();
        var template = Some.Template(stock: 1);
        template["claimFrom"] = HandClock.Start.AddHours(1);
        var templateId = await own.DraftTemplate(template);
        var phases = new List<string> { await Phase(own, templateId) };

        await own.ChangeTemplate(templateId, "published");
        phases.Add(await Phase(own, templateId));
        own.Clock.Advance(TimeSpan.FromHours(1));
        phases.Add(await Phase(own, templateId));
        await (await own.LogIn("alice")).Post(ClaimsOf(templateId));
        phases.Add(await Phase(own, templateId));
        await own.ChangeTemplate(templateId, "paused");
        phases.Add(await Phase(own, templateId));
        own.Clock.Advance(TimeSpan.FromDays(2));
        phases.Add(await Phase(own, templateId));

        Assert.Equal(["draft", "scheduled", "active", "exhausted", "paused", "ended"], phases);
    }

    private static string PathOf(string templateId) => $"/api/operator/coupon-templates/{templateId}";

    private static async Task<string> Phase(MiniProgramApi own, string templateId) =>
        (await (await own.Operator().Get(PathOf(templateId))).Json()).Text("phase");

    private static Dictionary<string, object?> Terms(string name, DateTimeOffset claimUntil)
    {
        var terms = Some.Template();
        (terms["name"], terms["claimUntil"]) = (name, claimUntil);
        terms.Remove("stock");
        terms.Remove("shards");
        return terms;
    }
}
