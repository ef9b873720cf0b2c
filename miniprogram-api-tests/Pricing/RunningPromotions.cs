using System.Net;
using Pond.Tests.Operators;
using static Pond.Tests.Pricing.PricingSteps;

namespace Pond.Tests.Pricing;

/// <summary>What marketing does with promotions and freight, over HTTP.</summary>
[Rule("FUL-01")]
public sealed class RunningPromotions(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_promotion_is_drafted_edited_published_paused_and_ended_and_the_audit_says_so()
    {
        var id = await api.Draft(api.Promotion());
        var edited = await api.Operator().Put($"{PromotionsPath}/{id}", api.Promotion().With("name", "春茶节"));
        Assert.Equal((HttpStatusCode.OK, 2), (edited.StatusCode, (await edited.Json()).Whole("version")));

        foreach (var state in new[] { "published", "paused", "published", "ended" })
            Assert.Equal(HttpStatusCode.OK, (await api.SetState(id, state)).StatusCode);

        await api.Deliver();
        Assert.Equal(
            ["price_promotion.create", "price_promotion.terms", .. Enumerable.Repeat("price_promotion.state", 4)],
            (await api.AuditOf(id)).Select(line => line.Text("action")));
        var shown = (await (await api.Operator().Get($"{PromotionsPath}/{id}")).Json()).GetProperty("promotion");
        Assert.Equal(("ended", "春茶节"), (shown.Text("state"), shown.GetProperty("terms").Text("name")));
        Assert.Contains(await api.Operator().AllPages(PromotionsPath, 2), one => one.Text("promotionId") == id);
    }

    [Fact]
    public async Task A_published_one_keeps_its_terms_and_an_ended_one_stays_ended()
    {
        var id = await api.Publish(api.Promotion());

        var edited = await api.Operator().Put($"{PromotionsPath}/{id}", api.Promotion());
        await api.SetState(id, "ended");
        var again = await api.SetState(id, "published");

        Assert.Equal(("promotion.edge", "promotion.edge"), (await edited.Code(), await again.Code()));
    }

    [Fact]
    public async Task Publishing_warns_of_one_that_does_the_same_to_the_same_goods_at_the_same_time()
    {
        var scope = new[] { "warned-tea" };
        var first = await api.Publish(api.Promotion().With("spuIds", scope));
        await api.Publish(api.Promotion().With("spuIds", new[] { "other-tea" }));
        var id = await api.Draft(api.Promotion().With("spuIds", scope));

        var warned = await (await api.SetState(id, "published")).Json();

        var overlaps = warned.GetProperty("overlapIds").EnumerateArray().Select(one => one.GetString()).ToArray();
        Assert.Contains(first, overlaps);
        Assert.Equal("published", warned.Text("state"));
    }

    public static TheoryData<string, object?, string> Unsound => new()
    {
        { "endsAt", HandClock.Start.AddHours(-12), "promotion.window" },
        { "kind", "bundle", "promotion.kind" },
        { "bundle", new { buyPieces = 2, freePieces = 1, isRepeated = true }, "promotion.kind" },
        { "steps", new[] { new { leastFen = 1_000, offFen = 1_000 } }, "promotion.off" },
        { "steps", new object[] { new { leastFen = 2_000, offFen = 100 }, new { leastFen = 1_000, offFen = 200 } }, "promotion.steps" },
        { "steps", new object[] { new { leastFen = 1_000, offFen = 200 }, new { leastFen = 2_000, offFen = 100 } }, "promotion.steps" },
        { "steps", new object[] { new { leastFen = 1_000, offFen = 200 }, new { leastPieces = 5_000, offFen = 300 } }, "promotion.steps" },
        { "steps", new[] { new { leastFen = 1_000, leastPieces = 2, offFen = 200 } }, "promotion.steps" },
        { "steps", new[] { new { leastFen = 1_000 } }, "promotion.step_benefit" },
        { "steps", new[] { new { leastFen = 0, offFen = 0 } }, "request.invalid" },
        { "steps", Array.Empty<object>(), "request.invalid" },
        { "isEvery", true, "" },
        { "stacking", new { group = "", priority = 1 }, "request.invalid" },
        { "usesMax", 0, "request.invalid" },
        { "surprise", 1, "request.malformed" },
    };

    [Theory, MemberData(nameof(Unsound))]
    public async Task Terms_that_make_no_sense_are_refused(string field, object? value, string code)
    {
        var answer = await api.Operator().Post(PromotionsPath, api.Promotion().With(field, value));

        Assert.Equal(code.Length == 0 ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await answer.Code() ?? "");
    }

    [Fact]
    public async Task Only_marketing_changes_promotions_and_freight()
    {
        var service = await api.OperatorWith("service");

        Assert.Equal(HttpStatusCode.Forbidden, (await service.Post(PromotionsPath, api.Promotion())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Post(FreightPath, Freight())).StatusCode);
    }

    [Fact, Rule("PRC-07")]
    public async Task A_freight_template_is_written_and_written_anew_from_the_version_that_was_seen()
    {
        var created = await (await api.Operator().Post(FreightPath, Freight())).Json();
        var path = $"{FreightPath}/{created.Text("freightId")}";

        var replaced = await api.Operator().Put(path, Freight().With("name", "全国").With("version", 1));
        var stale = await api.Operator().Put(path, Freight().With("version", 1));
        var shown = await (await api.Operator().Get(path)).Json();

        Assert.Equal((HttpStatusCode.OK, "freight.version"), (replaced.StatusCode, await stale.Code()));
        Assert.Equal(("全国", 2), (shown.GetProperty("terms").Text("name"), shown.Whole("version")));
        Assert.Contains(await api.Operator().AllPages(FreightPath, 1), one => one.Text("freightId") == created.Text("freightId"));
        var doubled = Freight().With("excludedProvinces", new[] { "11" });
        Assert.Equal("freight.regions", await (await api.Operator().Post(FreightPath, doubled)).Code());
    }

    private static Dictionary<string, object?> Freight()
    {
        var rates = new { firstUnits = 1, firstFen = 800, moreUnits = 1, moreFen = 200 };
        return new()
        {
            ["name"] = "江浙沪",
            ["measure"] = "pieces",
            ["rates"] = rates,
            ["regions"] = new[] { new { provinceCodes = new[] { "11", "23" }, rates } },
            ["excludedProvinces"] = new[] { "71" },
            ["reason"] = "新快递合同",
        };
    }
}
