using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Members;
using Pond.Pricing;
using Pond.Tests.Coupons;
using Pond.Tests.OpenApi;
using Pond.Tests.Points;
using Pond.Tests.Products;

namespace Pond.Tests.Pricing;

/// <summary>What a cart costs, over HTTP.</summary>
public sealed class QuotingCarts(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/quotes";

    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("PRC-04"), Rule("PRC-06")]
    public async Task A_quote_has_promotion_coupon_and_points_to_the_line_and_says_why()
    {
        var (phone, one, two) = (await shared.Newcomer(), await api.Sell(10), await api.Sell(10));
        var promotionId = await api.Publish(api.Promotion().With("skuIds", new[] { one, two })
            .With("steps", new[] { new { leastFen = 8_000, offFen = 901, points = 30 } }));
        var coupon = Some.Template();
        await phone.Post(CouponSteps.ClaimsOf(await api.PublishTemplate(coupon)));
        await api.Give(phone, 9_000);
        await api.Deliver();

        var answer = await phone.Send(HttpMethod.Post, Path, new
        {
            lines = new[] { new { skuId = one, quantity = 2 }, new { skuId = two, quantity = 1 } },
            points = 9_000,
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var quote = await answer.Json();
        // 120.00 less 9.01 less 5.00, and half of the rest by points.
        Assert.Equal(
            (12_000, 901, 500, 5_299, 5_300, 5_299),
            (quote.Whole("listFen"), quote.Whole("promotionOffFen"), quote.Whole("couponOffFen"), quote.Whole("pointsOffFen"),
                quote.Whole("payableFen"), quote.Whole("usedPoints")));
        Assert.Equal(5_300, quote.GetProperty("lines").EnumerateArray().Sum(line => line.Whole("payFen")));
        Assert.Equal((53 + 30, 53), (quote.Whole("earnsPoints"), quote.Whole("earnsGrowth")));
        Assert.Equal(901, quote.Explained(promotionId).Whole("savedFen"));
        Assert.Equal(500, quote.Explained(quote.GetProperty("couponIds")[0].GetString()!).Whole("savedFen"));
    }

    [Fact, Rule("PRC-02")]
    public async Task A_cart_that_cannot_be_ordered_has_no_price()
    {
        var (phone, skuId) = (await shared.Newcomer(), await api.Sell(10));
        var gone = await api.Sell(10);
        var owner = (await api.Services.GetRequiredService<Pond.Products.ProductCatalogue>().Find([gone], CancellationToken.None))[gone];
        (await api.Move(owner.SpuId, "offSale")).EnsureSuccessStatusCode();
        var nowhere = Pond.Platform.Ids.From("nowhere");

        Assert.Equal("pricing.goods_missing", await Code(phone, Line("no-such-tea")));
        Assert.Equal("pricing.off_sale", await Code(phone, Line(gone)));
        Assert.Equal("pricing.per_order_max", await Code(phone, Line(skuId, 11)));
        Assert.Equal("pricing.doubled_line", await Code(phone, Line(skuId), Line(skuId)));
        Assert.Equal("request.invalid", await Code(phone, Line(skuId, 0)));
        Assert.Equal("pricing.address_missing", await (await Quote(phone, new { lines = new[] { Line(skuId) }, addressId = nowhere })).Code());
        Assert.Equal("coupon.missing", await (await Quote(phone, new { lines = new[] { Line(skuId) }, couponIds = new[] { nowhere } })).Code());
    }

    [Fact, Rule("PRC-02")]
    public async Task A_coupon_that_is_asked_for_is_used_or_the_reason_is_told_and_an_empty_list_uses_none()
    {
        var (phone, skuId) = (await shared.Newcomer(), await api.Sell(10));
        var (small, large) = (Some.Template(), Some.Template());
        (large["amountFen"], large["thresholdFen"]) = (900, 5_000);
        foreach (var template in new[] { small, large })
            await phone.Post(CouponSteps.ClaimsOf(await api.PublishTemplate(template)));
        await api.Deliver();
        var ids = (await (await phone.Get("/api/me/coupons")).Json()).Items()
            .ToDictionary(coupon => coupon.GetProperty("discount").Whole("amountFen"), coupon => coupon.Text("couponId"));

        Assert.Equal(7_100, await Payable(new { lines = new[] { Line(skuId, 2) } }));
        Assert.Equal(8_000, await Payable(new { lines = new[] { Line(skuId, 2) }, couponIds = Array.Empty<string>() }));
        Assert.Equal(7_500, await Payable(new { lines = new[] { Line(skuId, 2) }, couponIds = new[] { ids[500] } }));
        var tooLittle = await Quote(phone, new { lines = new[] { Line(skuId, 1) }, couponIds = new[] { ids[900] } });
        var both = await Quote(phone, new { lines = new[] { Line(skuId, 2) }, couponIds = ids.Values });
        Assert.Equal(("coupon.below_threshold", "pricing.coupons_together"), (await tooLittle.Code(), await both.Code()));

        async Task<long> Payable(object body) => (await (await Quote(phone, body)).Json()).Whole("payableFen");
    }

    [Fact, Rule("D32")]
    public async Task A_promotion_s_end_and_its_last_use_hold_at_the_next_call()
    {
        var (phone, skuId) = (await shared.Newcomer(), await api.Sell(10));
        var ended = await api.Publish(api.Promotion().With("skuIds", new[] { skuId }));
        Assert.Equal(3_500, (await Priced(phone, skuId)).Whole("payableFen"));

        (await api.SetState(ended, "paused")).EnsureSuccessStatusCode();
        Assert.Equal(4_000, (await Priced(phone, skuId)).Whole("payableFen"));
        (await api.SetState(ended, "ended")).EnsureSuccessStatusCode();

        var limited = await api.Publish(api.Promotion().With("skuIds", new[] { skuId }).With("usesMax", 1));
        Assert.Equal(3_500, (await Priced(phone, skuId)).Whole("payableFen"));
        Assert.Null(await api.Reserve(PricingSteps.NewOrder(), await shared.Newcomer(), new PromotionUse(limited, 500)));
        var after = await Priced(phone, skuId);

        Assert.Equal(4_000, after.Whole("payableFen"));
        Assert.Equal("promotion.uses_up", after.Explained(limited).Text("code"));
    }

    [Fact, Rule("PRC-05")]
    public async Task A_token_holds_for_its_price_its_member_and_five_minutes()
    {
        var (alice, bob, skuId) = (await shared.Newcomer(), await shared.Newcomer(), await api.Sell(10));
        var (desk, token) = (api.Services.GetRequiredService<QuoteDesk>(), (await Priced(alice, skuId)).Text("token"));

        Assert.True(await Holds(token, alice, 1));
        Assert.False(await Holds(token, alice, 2)); // another request
        Assert.False(await Holds(token, bob, 1));
        Assert.False(await Holds((await Priced(bob, skuId)).Text("token"), alice, 1));
        foreach (var forged in new[] { "", "..", token[..^1], "9999999999" + token[token.IndexOf('.')..], token + ".x" })
            Assert.False(await Holds(forged, alice, 1), forged);

        await api.Publish(api.Promotion().With("skuIds", new[] { NewScope() })); // concerns other goods
        Assert.True(await Holds(token, alice, 1));
        var promotion = await api.Publish(api.Promotion().With("skuIds", new[] { skuId }));
        Assert.False(await Holds(token, alice, 1));
        await api.SetState(promotion, "ended");
        Assert.True(await Holds(token, alice, 1));

        api.Clock.Advance(QuoteTokens.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(await Holds(token, alice, 1));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await Holds(token, alice, 1));

        async Task<bool> Holds(string held, Phone phone, int quantity)
        {
            var caller = new MemberCaller(phone.MemberId, "", MemberStatus.Active, HandClock.Start, null);
            var request = new QuoteRequest { Lines = [new QuoteLine { SkuId = skuId, Quantity = quantity }] };
            var (quote, _) = await desk.Price(caller, request, CancellationToken.None);
            return desk.Holds(held, phone.MemberId, quote!);
        }
    }

    [Fact, Rule("PRC-07")]
    public async Task Sending_is_charged_by_the_province_of_the_address()
    {
        var phone = await shared.Newcomer();
        var freight = await (await api.Operator().Post(PricingSteps.FreightPath, new
        {
            name = "全国",
            measure = "weight",
            rates = new { firstUnits = 1_000, firstFen = 800, moreUnits = 500, moreFen = 200 },
            regions = new[] { new { provinceCodes = new[] { "44" }, rates = new { firstUnits = 1, firstFen = 1_200, moreUnits = 1_000, moreFen = 1 } } },
            reason = "新快递合同",
        })).Json();
        var (spuId, skuId) = (ProductSteps.NewId("spu"), ProductSteps.NewId("sku"));
        var product = ProductSteps.Product(spuId, ProductSteps.Sku(skuId)).With("freightTemplateId", freight.Text("freightId"));
        (await api.Create(product)).EnsureSuccessStatusCode();
        (await api.Move(spuId, "onSale")).EnsureSuccessStatusCode();
        var address = await (await phone.Post("/api/me/addresses", RequestExamples.Of(nameof(AddAddress)))).Json();

        var sent = await Quote(phone, new { lines = new[] { Line(skuId) }, addressId = address.Text("addressId") });
        var nowhere = await Quote(phone, new { lines = new[] { Line(skuId) } });

        Assert.Equal((1_201, 5_201), ((await sent.Json()).Whole("freightFen"), (await sent.Json()).Whole("payableFen")));
        Assert.Equal("pricing.address_needed", await nowhere.Code());
    }

    private static string NewScope() => ProductSteps.NewId("other");

    private static object Line(string skuId, int quantity = 1) => new { skuId, quantity };

    private static Task<HttpResponseMessage> Quote(Phone phone, object body) => phone.Send(HttpMethod.Post, Path, body);

    private static async Task<JsonElement> Priced(Phone phone, string skuId) =>
        await (await Quote(phone, new { lines = new[] { Line(skuId) } })).Json();

    private static async Task<string?> Code(Phone phone, params object[] lines) => await (await Quote(phone, new { lines })).Code();
}
