using System.Net;

namespace Pond.Tests.Coupons;

[Rule("CPN-02")]
public class DraftingTypes(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/operator/coupon-templates";

    private readonly MiniProgramApi api = shared.Api;

    [Theory]
    [InlineData("amountOff", "amountFen", 500, 3_000, "满30元减5元")]
    [InlineData("amountOff", "amountFen", 500, 0, "立减5元")]
    [InlineData("percentOff", "offBp", 1_500, 10_000, "满100元打8.5折")]
    [InlineData("fixedPrice", "priceFen", 990, 0, "一件特价9.9元")]
    [InlineData("freeShipping", "capFen", 1_000, 0, "包邮，最高减10元")]
    [InlineData("gift", "giftSkuId", "tea-cup", 9_900, "满99元赠礼品")]
    [InlineData("exchange", "capFen", null, 0, "兑换一件商品")]
    public async Task Each_type_is_drafted_with_what_it_needs_and_says_what_it_does(
        string kind, string field, object? value, int thresholdFen, string benefit)
    {
        var answer = await Draft(("kind", kind), ("amountFen", null), (field, value), ("thresholdFen", thresholdFen));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(benefit, (await answer.Json()).GetProperty("offer").Text("benefitText"));
    }

    [Fact]
    public async Task Every_so_much_takes_the_amount_off_again_up_to_a_cap()
    {
        var answer = await Draft(("kind", "everyOff"), ("everyFen", 3_000), ("capFen", 1_500));

        Assert.Equal("每满30元减5元，最高减15元", (await answer.Json()).GetProperty("offer").Text("benefitText"));
    }

    [Theory]
    [InlineData("kind", "everyOff")] // every what?
    [InlineData("kind", "fixedPrice"), InlineData("kind", "gift"), InlineData("kind", "exchange")]
    [InlineData("priceFen", 100), InlineData("everyFen", 100), InlineData("giftSkuId", "tea-cup")]
    public async Task A_type_without_what_it_needs_or_with_what_it_has_no_use_for_is_refused(string field, object value) =>
        Assert.Equal("coupon.discount", await (await Draft((field, value))).Code());

    [Fact]
    public async Task Scope_days_hours_and_audience_are_shown_as_they_were_asked_for()
    {
        var answer = await Draft(
            ("categoryIds", new[] { "green-tea" }), ("excludedIds", new[] { "longjing" }),
            ("weekdays", new[] { "monday", "tuesday" }), ("fromHour", 14), ("untilHour", 17),
            ("audience", "newMembers"));

        var offer = (await answer.Json()).GetProperty("offer");
        Assert.Equal(("指定商品可用，部分商品除外，仅限新会员", "周一、周二 14:00–17:00"),
            (offer.Text("goodsText"), offer.Text("timeText")));
        Assert.Equal("green-tea", offer.GetProperty("scope").GetProperty("categoryIds")[0].GetString());
    }

    [Theory]
    [InlineData(14, null), InlineData(null, 17), InlineData(14, 14)]
    public async Task Hours_that_are_none_are_refused(int? fromHour, int? untilHour) => Assert.Equal(
        "coupon.scope", await (await Draft(("fromHour", fromHour), ("untilHour", untilHour))).Code());

    [Fact]
    public async Task Lists_of_ids_are_neither_empty_nor_long_nor_of_other_text()
    {
        string?[][] wrong = [[], [null], ["茶叶茶叶"], ["tea"], [.. Enumerable.Repeat("green-tea", 51)]];
        foreach (var ids in wrong)
            Assert.Equal("request.invalid", await (await Draft(("skuIds", ids))).Code());
    }

    private Task<HttpResponseMessage> Draft(params (string Field, object? Value)[] changes)
    {
        var template = Some.Template();
        foreach (var (field, value) in changes) template[field] = value;
        return api.Operator().Post(Path, template);
    }
}
