using System.Net;
using System.Text.Json;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-09")]
public class AskingAdvice(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/coupons/advice";

    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task The_best_coupon_comes_first_and_every_other_says_why_not()
    {
        var phone = await Owner(
            [("name", "满30减5")],
            [("name", "满100减30"), ("amountFen", 3_000), ("thresholdFen", 10_000)],
            [("name", "八折"), ("kind", "percentOff"), ("amountFen", null), ("offBp", 2_000)],
            [("name", "咖啡券"), ("categoryIds", new[] { "coffee" })]);

        var advice = await Advice(phone, Basket(priceFen: 4_000));

        Assert.Equal("八折", advice.GetProperty("best").GetProperty("coupon").Text("name"));
        Assert.Equal(
            [("八折", null, "可省8元"), ("满30减5", null, "可省5元"),
                ("满100减30", "coupon.below_threshold", "还差 ¥60.00 可用。"),
                ("咖啡券", "coupon.no_goods", "没有可用该优惠券的商品。")],
            advice.GetProperty("coupons").EnumerateArray().Select(fit => (
                fit.GetProperty("coupon").Text("name"), fit.GetProperty("code").GetString(), fit.Text("text"))));
    }

    [Fact]
    public async Task A_basket_that_no_coupon_fits_is_told_what_is_missing()
    {
        var advice = await Advice(await Owner([[]]), Basket(priceFen: 2_999));

        Assert.Equal(JsonValueKind.Null, advice.GetProperty("best").ValueKind);
        Assert.Equal(1, Assert.Single(advice.GetProperty("coupons").EnumerateArray().ToArray()).Whole("shortFen"));
    }

    [Fact]
    public async Task Advice_changes_nothing()
    {
        var phone = await Owner([[]]);
        var before = StoredRow.AllButHints(api);

        await Advice(phone, Basket(priceFen: 4_000));

        Assert.Equal(before, StoredRow.AllButHints(api));
    }

    [Theory]
    [InlineData("lines", "[]"), InlineData("lines", "[null]"), InlineData("skuId", "\"a b c d\"")]
    [InlineData("priceFen", "-1"), InlineData("quantity", "0"), InlineData("quantity", "1000")]
    public async Task A_basket_that_is_none_is_refused(string field, string value)
    {
        var basket = JsonSerializer.SerializeToNode(Basket(priceFen: 4_000))!;
        (field == "lines" ? basket : basket["lines"]![0]!)[field] = System.Text.Json.Nodes.JsonNode.Parse(value);

        var answer = await (await shared.Newcomer()).Post(Path, basket);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("request.invalid", await answer.Code());
    }

    private static object Basket(long priceFen) => new
    {
        lines = new[] { new { skuId = "longjing-50", spuId = "longjing", categoryId = "green-tea", priceFen, quantity = 1 } },
        freightFen = 600,
    };

    private static async Task<JsonElement> Advice(Phone phone, object basket)
    {
        var answer = await phone.Post(Path, basket);
        answer.EnsureSuccessStatusCode();
        return await answer.Json();
    }

    private async Task<Phone> Owner(params (string Field, object? Value)[][] templates)
    {
        var phone = await shared.Newcomer();
        foreach (var changes in templates)
        {
            var template = Some.Template();
            foreach (var (field, value) in changes) template[field] = value;
            (await phone.Post(ClaimsOf(await api.PublishTemplate(template)))).EnsureSuccessStatusCode();
        }

        await api.Deliver();
        return phone;
    }
}
