using System.Net;
using Pond.Coupons;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-01")]
public class RunningOffers(SharedApi shared) : IClassFixture<SharedApi>
{
    private static readonly (TemplateState From, TemplateState To)[] Edges =
    [
        (TemplateState.Draft, TemplateState.Published), (TemplateState.Draft, TemplateState.Archived),
        (TemplateState.Published, TemplateState.Paused), (TemplateState.Published, TemplateState.Ended),
        (TemplateState.Paused, TemplateState.Published), (TemplateState.Paused, TemplateState.Ended),
        (TemplateState.Ended, TemplateState.Archived),
    ];

    /// <summary>How a new template comes to each state.</summary>
    private static readonly Dictionary<TemplateState, TemplateState[]> Ways = new()
    {
        [TemplateState.Draft] = [],
        [TemplateState.Published] = [TemplateState.Published],
        [TemplateState.Paused] = [TemplateState.Published, TemplateState.Paused],
        [TemplateState.Ended] = [TemplateState.Published, TemplateState.Ended],
        [TemplateState.Archived] = [TemplateState.Archived],
    };

    private readonly MiniProgramApi api = shared.Api;

    public static IEnumerable<object[]> AllPairs =>
        from before in Enum.GetValues<TemplateState>()
        from after in Enum.GetValues<TemplateState>()
        select new object[] { before, after };

    [Theory, MemberData(nameof(AllPairs))]
    public async Task A_template_goes_along_its_edges_and_nowhere_else(TemplateState before, TemplateState after)
    {
        var templateId = await TemplateIn(before);

        var answer = await api.ChangeTemplate(templateId, Name(after));
        var template = await TemplateOf(templateId);

        if (before == after || Edges.Contains((before, after)))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Name(after), template.Text("state"));
        }
        else
        {
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Equal("coupon.template_edge", await answer.Code());
            Assert.Equal(Name(before), template.Text("state"));
        }
    }

    [Theory]
    [InlineData(TemplateState.Draft), InlineData(TemplateState.Paused)]
    [InlineData(TemplateState.Ended), InlineData(TemplateState.Archived)]
    [Rule("D11")]
    public async Task Only_a_published_template_can_be_claimed(TemplateState state)
    {
        var templateId = await TemplateIn(state);
        await api.Deliver();
        var phone = await shared.Newcomer();

        var answer = await phone.Post(ClaimsOf(templateId));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("coupon.not_offered", await answer.Code());
        Assert.Equal((0, 10), await api.StockOf(templateId));
    }

    [Theory, InlineData("paused", 1), InlineData("ended", 1), InlineData("paused", 4), InlineData("ended", 4)]
    [Rule("D11")]
    public async Task A_stop_holds_from_the_operator_s_answer_on(string state, int shards)
    {
        var templateId = await api.PublishTemplate(stock: 40, shards: shards);
        var phones = new List<Phone>();
        for (var i = 0; i < 8; i++) phones.Add(await shared.Newcomer());
        Assert.Equal(HttpStatusCode.Accepted, (await phones[0].Post(ClaimsOf(templateId))).StatusCode);

        (await api.ChangeTemplate(templateId, state)).EnsureSuccessStatusCode();
        var codes = await Task.WhenAll(
            phones.Skip(1).Select(async phone => await (await phone.Post(ClaimsOf(templateId))).Code()));

        Assert.All(codes, code => Assert.Equal("coupon.not_offered", code));
    }

    [Fact]
    public async Task A_paused_template_goes_on_where_it_stopped()
    {
        var templateId = await api.PublishTemplate(stock: 2);
        await (await shared.Newcomer()).Post(ClaimsOf(templateId));
        await api.ChangeTemplate(templateId, "paused");
        await api.ChangeTemplate(templateId, "published");
        await api.Deliver();

        Assert.Equal(HttpStatusCode.Accepted, (await (await shared.Newcomer()).Post(ClaimsOf(templateId))).StatusCode);
        Assert.Equal("coupon.sold_out", await (await (await shared.Newcomer()).Post(ClaimsOf(templateId))).Code());
    }

    [Fact]
    public async Task A_template_that_is_not_there_is_not_found()
    {
        foreach (var templateId in new[] { new Platform.Ids().Next(), "spring", "c:1" })
        {
            Assert.Equal("coupon.template_missing", await (await api.ChangeTemplate(templateId, "paused")).Code());
            Assert.Equal(
                "coupon.template_missing",
                await (await api.Operator().Get($"/api/operator/coupon-templates/{templateId}")).Code());
        }
    }

    [Fact, Rule("ADM-03")]
    public async Task A_template_s_life_is_audited_line_by_line()
    {
        var templateId = await api.PublishTemplate();
        await api.ChangeTemplate(templateId, "paused");
        await api.ChangeTemplate(templateId, "paused");
        await api.ChangeTemplate(templateId, "draft");
        await api.Deliver();

        var lines = await api.AuditOf(templateId);

        Assert.Equal(
            [
                ("coupon_template.create", null, "draft"), ("coupon_template.state", "draft", "published"),
                ("coupon_template.state", "published", "paused"),
            ],
            lines.Select(
                line => (line.Text("action"), line.GetProperty("before").GetString(), line.Text("after"))).Order());
    }

    private static string Name(TemplateState state) => state.ToString().ToLowerInvariant();

    private async Task<string> TemplateIn(TemplateState state)
    {
        var templateId = await api.DraftTemplate(Some.Template());
        foreach (var step in Ways[state]) (await api.ChangeTemplate(templateId, Name(step))).EnsureSuccessStatusCode();
        return templateId;
    }

    private async Task<System.Text.Json.JsonElement> TemplateOf(string templateId) =>
        (await (await api.Operator().Get($"/api/operator/coupon-templates/{templateId}")).Json()).GetProperty(
            "template");
}
