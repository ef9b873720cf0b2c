using System.Net;
using System.Text.Json.Nodes;
using Pond.Platform;
using Pond.Tests.Operators;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

[Rule("MBR-02")]
public sealed class WritingTheProgramme : IAsyncLifetime
{
    /// <summary>What is wrong with a programme, the code of its refusal, and how it comes to be wrong.</summary>
    private static readonly Dictionary<string, (string Code, Action<JsonObject> Spoil)> Senseless = new()
    {
        ["two of one code"] = ("tiers.code", programme => programme.TierOf(2)["code"] = "silver"),
        ["a code in capitals"] = ("tiers.code", programme => programme.TierOf(2)["code"] = "Gold"),
        ["a code that is no key"] = ("tiers.code", programme => programme.TierOf(2)["code"] = "金卡"),
        ["equal ranks"] = ("tiers.rank", programme => programme.TierOf(2)["rank"] = 10),
        ["falling ranks"] = ("tiers.rank", programme => programme.TierOf(2)["rank"] = 5),
        ["equal thresholds"] = ("tiers.threshold", programme => programme.TierOf(2)["enterGrowth"] = 1_000),
        ["a lowest one that must be earned"] = ("tiers.threshold", programme => programme.TierOf(0)["enterGrowth"] = 1),
        ["more to keep than to enter"] = ("tiers.threshold", programme => programme.TierOf(1)["keepGrowth"] = 1_001),
        ["a gift for everybody"] = ("tiers.lowest", programme => Benefits(programme, 0)["enterPoints"] = 1),
        ["one coupon twice"] = ("tiers.coupons", programme => Coupons(programme, 2, 'a', 'a')),
        ["no tier"] = ("request.invalid", programme => programme["tiers"] = new JsonArray()),
        ["a tier that is null"] = ("request.invalid", programme => programme["tiers"]!.AsArray().Add(null)),
        ["eleven tiers"] = ("request.invalid", Eleven),
        ["a rank out of bounds"] = ("request.invalid", programme => programme.TierOf(2)["rank"] = 1_001),
        ["a name of nothing"] = ("request.invalid", programme => programme.TierOf(2)["name"] = " "),
        ["a discount of everything"] = ("request.invalid", programme => Benefits(programme, 1)["discountBp"] = 10_000),
        ["fewer points"] = ("request.invalid", programme => Benefits(programme, 1)["pointsMultiplierBp"] = 9_999),
        ["eleven coupons"] = ("request.invalid", programme => Coupons(programme, 2, [.. "abcdefghjkm"])),
        ["a coupon that is none"] = ("request.invalid", programme => Coupons(programme, 2, '*')),
        ["a coupon that is null"] =
            ("request.invalid", programme => Benefits(programme, 1)["enterCouponTemplateIds"]!.AsArray().Add(null)),
        ["no benefits"] = ("request.malformed", programme => programme.TierOf(1)["benefits"] = null),
        ["an unknown field"] = ("request.malformed", programme => programme.TierOf(1)["members"] = 7),
        ["an unknown policy"] = ("request.malformed", programme => programme.TierOf(1)["downgrade"] = "twoSteps"),
    };

    private MiniProgramApi api = null!;

    public async Task InitializeAsync() => api = await MiniProgramApi.Start();

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task It_is_read_back_as_it_was_written()
    {
        var written = Programme(windowDays: 90, returns: "atOnce");
        var answer = await api.PutProgramme(written);
        var read = await (await (await api.OperatorWith("analyst")).Get(ProgrammePath)).Json();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        (written["version"], _) = (1, written.Remove("reason"));
        Assert.True(JsonNode.DeepEquals(written, JsonNode.Parse(read.GetRawText())), read.GetRawText());
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_what_was_written_over_an_old_version_is_refused()
    {
        await api.SetProgramme();

        var same = await (await api.PutProgramme(Programme(version: 0))).Json();
        var stale = await api.PutProgramme(Programme(windowDays: 30, version: 0));
        var fresh = await (await api.PutProgramme(Programme(windowDays: 30, version: 1))).Json();

        Assert.Equal(1, same.Whole("version"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("tiers.old_version", await stale.Code());
        Assert.Equal((2, 30), (fresh.Whole("version"), fresh.Whole("windowDays")));
    }

    [Fact]
    public async Task Of_twenty_who_write_at_once_over_one_version_one_wins()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(days => api.PutProgramme(Programme(windowDays: days))));

        var won = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != won), answer =>
            Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable));
        Assert.Equal(1, (await won.Json()).Whole("version"));
    }

    public static TheoryData<string> SenselessOnes => [.. Senseless.Keys];

    [Theory, MemberData(nameof(SenselessOnes))]
    public async Task One_that_makes_no_sense_is_refused_and_changes_nothing(string what)
    {
        var (code, spoil) = Senseless[what];
        var programme = Programme();
        spoil(programme);

        var answer = await api.PutProgramme(programme);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await answer.Code());
        Assert.Equal(0, (await (await api.Operator().Get(ProgrammePath)).Json()).Whole("version"));
    }

    [Fact]
    public async Task What_is_wrong_within_a_tier_is_said_of_the_tiers()
    {
        var programme = Programme();
        Benefits(programme, 1)["discountBp"] = 10_000;

        var errors = (await (await api.PutProgramme(programme)).Json()).GetProperty("errors");

        Assert.Contains("第2项", errors.GetProperty("tiers")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact, Rule("ADM-03")]
    public async Task Every_change_is_audited_with_the_thresholds_before_and_after()
    {
        await api.SetProgramme();
        var cheaper = Programme(version: 1);
        cheaper.TierOf(2)["enterGrowth"] = 4_500;
        await api.SetProgramme(cheaper);
        await api.Deliver();

        var acts = await api.AuditOf("tiers");

        Assert.Equal(
            [("0: ", "1: member 0, silver 1000, gold 5000"),
                ("1: member 0, silver 1000, gold 5000", "2: member 0, silver 1000, gold 4500")],
            acts.Select(act => (act.Text("before"), act.Text("after"))));
    }

    [Fact]
    public async Task Who_is_in_a_tier_that_was_dropped_has_the_next_one_that_is_not_above_it()
    {
        await api.SetProgramme();
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);
        var without = Programme(version: 1);
        without["tiers"]!.AsArray().RemoveAt(2);
        without["tiers"]!.AsArray().Add(Tier("black", 30, 9_000, 9_000));
        await api.SetProgramme(without);

        Assert.Equal("silver", await api.TierOf("alice"));
        await api.Grow(alice, 4_000);
        Assert.Equal("black", await api.TierOf("alice"));
    }

    private static JsonObject Benefits(JsonObject programme, int tier) =>
        programme.TierOf(tier)["benefits"]!.AsObject();

    private static void Coupons(JsonObject programme, int tier, params char[] ids) =>
        Benefits(programme, tier)["enterCouponTemplateIds"] =
            new JsonArray([.. ids.Select(id => JsonValue.Create(new string(id, Ids.IdChars)))]);

    private static void Eleven(JsonObject programme)
    {
        for (var more = 0; more < 8; more++)
            programme["tiers"]!.AsArray().Add(Tier($"more-{more}", 30 + more, 6_000 + more, 0));
    }
}
