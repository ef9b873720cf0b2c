using System.Text.Json.Nodes;
using Pond.Coupons;
using Pond.Points;
using Pond.Pricing;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Http;

/// <summary>Campaigns whose parts contradict each other, every combination: only those that make sense are taken.</summary>
public sealed class HostileDefinitions(HostileApp app) : IClassFixture<HostileApp>
{
    private static readonly Dictionary<string, string> CouponParts = new()
    {
        ["amountFen"] = "500",
        ["offBp"] = "1500",
        ["everyFen"] = "1000",
        ["priceFen"] = "100",
        ["giftSkuId"] = "\"tea-cup\"",
        ["capFen"] = "2000",
    };

    /// <summary>What each kind of coupon is made of; a cap may be added where the last says so.</summary>
    private static readonly (string Kind, string[] Parts, bool MayBeCapped)[] Coupons =
    [
        ("amountOff", ["amountFen"], false), ("percentOff", ["offBp"], true), ("everyOff", ["amountFen", "everyFen"], true),
        ("fixedPrice", ["priceFen"], false), ("freeShipping", [], true), ("gift", ["giftSkuId"], false), ("exchange", [], false),
    ];

    private static readonly Dictionary<string, string> PromotionParts = new()
    {
        ["offBp"] = "1000",
        ["priceFen"] = "500",
        ["steps"] = """[{"leastFen":1000,"offFen":100}]""",
        ["nth"] = """{"nth":2,"offBp":5000,"isRepeated":false}""",
        ["bundle"] = """{"buyPieces":2,"freePieces":1,"isRepeated":false}""",
    };

    private static readonly (string Kind, string[][] Parts)[] Promotions =
    [
        ("limitedTimePrice", [["offBp"], ["priceFen"]]), ("fullReduction", [["steps"]]), ("nthItem", [["nth"]]),
        ("bundle", [["bundle"]]),
    ];

    [Fact]
    public async Task Coupons_of_parts_that_do_not_belong_together_are_refused()
    {
        var (cases, before) = (new HostileCases("Coupon definitions"), await app.Rows());
        foreach (var (kind, parts, mayBeCapped) in Coupons)
        {
            foreach (var given in SubsetsOf([.. CouponParts.Keys]))
            {
                var isSound = given.Except(mayBeCapped ? ["capFen"] : []).ToHashSet().SetEquals(parts);
                if (!isSound) await Refuse(cases, nameof(CreateCouponTemplate), kind, given, CouponParts);
            }
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Promotions_of_parts_that_do_not_belong_together_are_refused()
    {
        var (cases, before) = (new HostileCases("Promotion definitions"), await app.Rows());
        foreach (var (kind, sound) in Promotions)
        {
            foreach (var given in SubsetsOf([.. PromotionParts.Keys]).Where(given => !sound.Any(given.ToHashSet().SetEquals)))
                await Refuse(cases, nameof(CreatePricePromotion), kind, given, PromotionParts);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    [Fact]
    public async Task Definitions_that_contradict_themselves_are_refused()
    {
        var (cases, before) = (new HostileCases("Contradictions"), await app.Rows());
        foreach (var (function, field, value) in new (string, string, string)[]
        {
            (nameof(CreateCouponTemplate), "claimUntil", "\"2026-03-02T12:00:00+08:00\""),
            (nameof(CreateCouponTemplate), "claimUntil", "\"2026-03-01T12:00:00+08:00\""),
            (nameof(CreateCouponTemplate), "amountFen", "3001"), (nameof(CreateCouponTemplate), "shards", "17"),
            (nameof(CreateCouponTemplate), "stock", "0"), (nameof(CreateCouponTemplate), "fromHour", "null"),
            (nameof(CreateCouponTemplate), "untilHour", "null"), (nameof(CreateCouponTemplate), "untilHour", "14"),
            (nameof(CreateCouponTemplate), "weekdays", "[]"), (nameof(CreateCouponTemplate), "perMember", "0"),
            (nameof(CreatePricePromotion), "endsAt", "\"2026-03-02T12:00:00+08:00\""),
            (nameof(CreatePricePromotion), "steps", "[]"), (nameof(CreatePricePromotion), "steps", """[{"offFen":100}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"leastPieces":2,"offFen":100}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":1000}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":0}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":100},{"leastFen":1000,"offFen":200}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":100},{"leastFen":900,"offFen":200}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":100},{"leastFen":2000,"offFen":50}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":100},{"leastPieces":3,"offFen":200}]"""),
            (nameof(CreatePricePromotion), "steps", """[{"leastFen":1000,"offFen":0,"points":5}]"""), // a budget of nothing
            (nameof(CreatePricePromotion), "isEvery", "true"), (nameof(CreatePricePromotion), "usesMax", "0"),
            (nameof(CreatePricePromotion), "budgetFen", "-1"), (nameof(CreatePricePromotion), "leastTierRank", "-1"),
            (nameof(ChangeCheckInProgramme), "makeUpCards", "0"), (nameof(ChangeCheckInProgramme), "makeUpDays", "0"),
            (nameof(ChangeCheckInProgramme), "streakRewards", """[{"days":3,"points":1},{"days":3,"points":2}]"""),
            (nameof(ChangeCheckInProgramme), "streakRewards", """[{"days":8,"points":1}]"""), // in a week
            (nameof(ChangeCheckInProgramme), "countRewards", """[{"period":"month","days":32,"points":1}]"""),
            (nameof(CreateFreightTemplate), "excludedProvinces", "[\"65\"]"),
            (nameof(CreateFreightTemplate), "excludedProvinces", "[\"71\",\"71\"]"),
        })
        {
            var operation = app.WithBody.Single(each => each.Id == function);
            var body = app.BodyOf(operation);
            body[field] = JsonNode.Parse(value);
            var text = body.ToJsonString();
            cases.MustRefuse($"{function} {field} = {value}", await app.Send(operation, text), text, (status, _) => status is 400 or 409);
        }

        cases.Done();
        Assert.Equal(before, await app.Rows());
    }

    private async Task Refuse(
        HostileCases cases, string function, string kind, IReadOnlyList<string> given, Dictionary<string, string> parts)
    {
        var operation = app.WithBody.Single(each => each.Id == function);
        var body = RequestExamples.Of(function);
        body["kind"] = kind;
        foreach (var (name, value) in parts) body[name] = given.Contains(name) ? JsonNode.Parse(value) : null;
        var text = body.ToJsonString();
        cases.MustRefuse($"{kind} of {string.Join(",", given)}", await app.Send(operation, text), text, (status, _) => status == 400);
    }

    private static IEnumerable<string[]> SubsetsOf(IReadOnlyList<string> all) => Enumerable.Range(0, 1 << all.Count)
        .Select(bits => all.Where((_, index) => (bits >> index & 1) == 1).ToArray());
}
