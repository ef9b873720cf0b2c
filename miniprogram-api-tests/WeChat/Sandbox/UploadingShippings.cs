using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>Telling WeChat that the goods of a payment are on their way.</summary>
public sealed class UploadingShippings
{
    private const string Path = "/wxa/sec/order/upload_shipping_info";
    private const string Number = "T20260101000000000001";

    [Fact]
    public async Task A_paid_order_is_told_once_and_corrected_once()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);

        Assert.Equal(0, await Upload(bench, Wish(bench)));
        Assert.Equal(268485216, await Upload(bench, Wish(bench, seconds: 0, trackingNo: "SF2"))); // not later
        Assert.Equal(10060023, await Upload(bench, Wish(bench, seconds: 1)));
        Assert.Equal(0, await Upload(bench, Wish(bench, seconds: 2, trackingNo: "SF2")));
        Assert.Equal(10060003, await Upload(bench, Wish(bench, seconds: 3, trackingNo: "SF3")));

        var shipping = Assert.Single(bench.Sandbox.Shippings.All);
        Assert.Equal((Number, true, 1), (shipping.OutTradeNo, shipping.IsAll, shipping.Reuploads));
        Assert.Equal("SF2", shipping.Parcels.Single().TrackingNo);
    }

    [Fact]
    public async Task Parcels_may_come_one_after_the_other()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        var first = Wish(bench);
        (first["delivery_mode"], first["is_all_delivered"]) = (2, false);
        var last = Wish(bench, seconds: 1, trackingNo: "SF2");
        (last["delivery_mode"], last["is_all_delivered"]) = (2, true);

        Assert.Equal(0, await Upload(bench, first));
        Assert.Equal(0, await Upload(bench, last));

        var shipping = Assert.Single(bench.Sandbox.Shippings.All);
        Assert.Equal((true, 0), (shipping.IsAll, shipping.Reuploads));
        Assert.Equal(["SF1", "SF2"], shipping.Parcels.Select(parcel => parcel.TrackingNo));
    }

    [Theory]
    [InlineData("order_key", """{"order_number_type":2,"transaction_id":"4200"}""", 10060001)]
    [InlineData("order_key", """{"order_number_type":1,"mchid":"1900000001","out_trade_no":"T-unpaid-01"}""", 10060004)]
    [InlineData("order_key", null, 47001)]
    [InlineData("payer", """{"openid":"o1"}""", 10060031)]
    [InlineData("logistics_type", "5", 10060005)]
    [InlineData("delivery_mode", "3", 10060014)]
    [InlineData("delivery_mode", "2", 10060007)]
    [InlineData("shipping_list", "{}", 47001)]
    [InlineData("shipping_list", "[]", 10060014)]
    [InlineData("shipping_list", """[{"tracking_no":"1","express_company":"YTO"}]""", 10060008)]
    [InlineData("shipping_list", """[{"item_desc":"茶","express_company":"YTO"}]""", 10060014)]
    [InlineData("shipping_list", """[{"item_desc":"茶","tracking_no":"1","express_company":"SF"}]""", 10060014)]
    [InlineData(
        "shipping_list",
        """[{"item_desc":"茶","tracking_no":"1","express_company":"YTO","contact":{"receiver_contact":"13900001234"}}]""",
        10060014)]
    [InlineData("upload_time", "\"2026-03-02 12:00:00\"", 268485216)]
    public async Task Wrong_news_is_refused(string field, string? json, int errCode)
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        await bench.Prepare("T-unpaid-01");
        var wish = Wish(bench);
        wish[field] = json is null ? null : JsonNode.Parse(json);

        Assert.Equal(errCode, await Upload(bench, wish));
        Assert.Empty(bench.Sandbox.Shippings.All);
    }

    [Fact]
    public async Task Without_a_good_token_nothing_is_read()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);

        Assert.Equal(40001, await Upload(bench, Wish(bench), token: "guess"));
    }

    private static JsonObject Wish(PayBench bench, int seconds = 0, string trackingNo = "SF1") => new()
    {
        ["order_key"] = new JsonObject { ["order_number_type"] = 2, ["transaction_id"] = bench.Pay.Payments[0].TransactionId },
        ["logistics_type"] = 1,
        ["delivery_mode"] = 1,
        ["shipping_list"] = new JsonArray(new JsonObject
        {
            ["tracking_no"] = trackingNo,
            ["express_company"] = "SF",
            ["item_desc"] = "龙井茶",
            ["contact"] = new JsonObject { ["receiver_contact"] = "189****1234" },
        }),
        ["upload_time"] = $"2026-03-02T12:00:0{seconds}+08:00",
        ["payer"] = new JsonObject { ["openid"] = bench.Sandbox.Shoppers.Named("alice").OpenId },
    };

    private static async Task<int> Upload(PayBench bench, JsonObject wish, string? token = null)
    {
        using var http = new HttpClient { BaseAddress = bench.Sandbox.Address };
        var issued = token ?? await Token(http);
        using var content = new StringContent(wish.ToJsonString());
        using var answer = await http.PostAsync($"{Path}?access_token={issued}", content);
        return (await answer.Json()).GetProperty("errcode").GetInt32();
    }

    private static async Task<string> Token(HttpClient http)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>(
            $"/cgi-bin/token?grant_type=client_credential&appid={MiniProgramApi.AppId}&secret={MiniProgramApi.AppSecret}");
        return answer.GetProperty("access_token").GetString()!;
    }
}
