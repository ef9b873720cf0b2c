using System.Net;

namespace Pond.Tests.Coupons;

public class DraftingTemplates(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/operator/coupon-templates";

    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("CPN-02")]
    public async Task An_amount_off_is_drafted_as_it_was_asked_for()
    {
        var answer = await api.Operator().Post(Path, Some.Template(stock: 7, perMember: 2, shards: 3));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var template = await answer.Json();
        var offer = template.GetProperty("offer");
        Assert.Equal(("draft", 1, 7, 3),
            (template.Text("state"), template.Whole("version"), template.Whole("stock"), template.Whole("shards")));
        Assert.Equal(("满30减5", 3_000, 30, 2),
            (offer.Text("name"), offer.Whole("thresholdFen"), offer.Whole("validDays"), offer.Whole("perMember")));
        Assert.Equal(("amountOff", 500),
            (offer.GetProperty("discount").Text("kind"), offer.GetProperty("discount").Whole("amountFen")));
        Assert.Equal(("2026-03-02T12:00:00+08:00", "2026-03-04T12:00:00+08:00"),
            (offer.Text("claimFrom"), offer.Text("claimUntil")));
    }

    [Theory, InlineData(null), InlineData(2_000L)]
    [Rule("CPN-02")]
    public async Task A_percentage_off_is_drafted_with_a_cap_or_without(long? capFen)
    {
        var template = PercentOff(1_500, capFen);

        var answer = await api.Operator().Post(Path, template);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var discount = (await answer.Json()).GetProperty("offer").GetProperty("discount");
        Assert.Equal(("percentOff", 1_500), (discount.Text("kind"), discount.Whole("offBp")));
        Assert.Equal(capFen, System.Text.Json.JsonSerializer.Deserialize<long?>(discount.GetProperty("capFen")));
    }

    [Theory]
    [InlineData("amountFen", null, "coupon.discount")] // an amount off without the amount
    [InlineData("amountFen", 3_001L, "coupon.discount")] // more than the threshold
    [InlineData("offBp", 1_000, "coupon.discount")] // both sorts at once
    [InlineData("capFen", 100L, "coupon.discount")] // a cap on an amount
    [InlineData("kind", "percentOff", "coupon.discount")] // a percentage with an amount
    [InlineData("amountFen", 0L, "request.invalid")]
    [InlineData("amountFen", -1L, "request.invalid")]
    [InlineData("kind", "free", "request.malformed")]
    [InlineData("stock", 0, "request.invalid")]
    [InlineData("stock", 1_000_001, "request.invalid")]
    [InlineData("perMember", 0, "request.invalid")]
    [InlineData("perMember", 21, "request.invalid")]
    [InlineData("validDays", 0, "request.invalid")]
    [InlineData("shards", 17, "request.invalid")]
    [InlineData("shards", 11, "coupon.shards")] // more than the stock of ten
    [InlineData("name", "", "request.invalid")]
    [InlineData("claimUntil", "2026-03-02T12:00:00+08:00", "coupon.window")]
    [InlineData("claimUntil", "2026-03-01T12:00:00+08:00", "coupon.window")]
    [InlineData("surprise", 1, "request.malformed")]
    [Rule("CPN-02")]
    public async Task An_unsound_template_is_refused(string field, object? value, string code)
    {
        var template = Some.Template();
        template[field] = value;

        var answer = await api.Operator().Post(Path, template);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await answer.Code());
    }

    [Theory, InlineData(0), InlineData(9_901), InlineData(null)]
    public async Task A_percentage_is_more_than_nothing_and_less_than_all(int? offBp)
    {
        var answer = await api.Operator().Post(Path, PercentOff(offBp, capFen: null));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact, Rule("CPN-02")]
    public async Task Without_a_threshold_any_amount_may_come_off()
    {
        var template = Some.Template();
        template["thresholdFen"] = 0;

        Assert.Equal(HttpStatusCode.Created, (await api.Operator().Post(Path, template)).StatusCode);
    }

    [Fact]
    public async Task The_same_key_drafts_one_template_and_answers_the_same()
    {
        var key = Phone.NewKey();

        var answers =
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.Operator().Post(Path, Some.Template(), key)));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(bodies.Distinct());
    }

    [Fact]
    public async Task The_same_key_with_another_template_is_refused()
    {
        var key = Phone.NewKey();
        await api.Operator().Post(Path, Some.Template(stock: 10), key);

        var answer = await api.Operator().Post(Path, Some.Template(stock: 11), key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("idempotency.key_reused", await answer.Code());
    }

    private static Dictionary<string, object?> PercentOff(int? offBp, long? capFen)
    {
        var template = Some.Template();
        template["kind"] = "percentOff";
        template["amountFen"] = null;
        template["offBp"] = offBp;
        template["capFen"] = capFen;
        return template;
    }
}
