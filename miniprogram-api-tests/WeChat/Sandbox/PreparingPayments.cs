using System.Net;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>What a payment goes through at WeChat, from its request to its end.</summary>
public sealed class PreparingPayments
{
    private const string Number = "T20260101000000000001";

    public static TheoryData<string, string?> WrongFields => new()
    {
        { "appid", null },
        { "appid", "\"wx9999999999999999\"" },
        { "mchid", "\"1900000002\"" },
        { "description", "\"\"" },
        { "description", $"\"{new string('x', 128)}\"" },
        { "description", $"\"{new string('茶', 43)}\"" }, // 129 bytes
        { "out_trade_no", "\"T2026\"" },
        { "out_trade_no", $"\"{new string('T', 33)}\"" },
        { "out_trade_no", "\"T2026/1\"" },
        { "out_trade_no", "20260101" },
        { "time_expire", "\"2026-03-02 12:00:00\"" },
        { "attach", $"\"{new string('x', 129)}\"" },
        { "notify_url", "\"http://shop.example.com/pay\"" },
        { "notify_url", "\"https://shop.example.com/pay?a=1\"" },
        { "notify_url", $"\"https://shop.example.com/{new string('x', 255)}\"" },
        { "amount", """{"total":0}""" },
        { "amount", """{"total":1.5}""" },
        { "amount", """{"total":"1990"}""" },
        { "amount", """{"total":1990,"currency":"USD"}""" },
        { "amount", """{"total":1990,"payer_total":1990}""" },
        { "payer", """{"openid":"o-of-nobody-at-all-0123456789"}""" },
        { "payer", "{}" },
        { "goods_tag", "null" },
        { "colour", "\"red\"" },
        { "scene_info", "{}" },
        { "detail", """{"goods_detail":[]}""" },
        { "detail", """{"goods_detail":[{"merchant_goods_id":"茶","quantity":1,"unit_price":1}]}""" },
    };

    [Theory, MemberData(nameof(WrongFields))]
    public async Task A_body_beyond_the_limits_is_refused(string field, string? json)
    {
        await using var bench = await PayBench.Start();
        var wish = bench.Wish(Number);
        wish.Remove(field);
        if (json is not null)
            wish[field] = JsonSerializer.Deserialize<JsonElement>(json);

        var reply = await bench.Post(PayBench.Jsapi, JsonSerializer.Serialize(wish));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Matches("PARAM_ERROR|MCH_NOT_EXISTS|APPID_MCHID_NOT_MATCH", reply.Code);
        Assert.Empty(bench.Pay.Payments);
    }

    [Theory, InlineData("{"), InlineData("[]"), InlineData("""{"mchid":"1","mchid":"1"}""")]
    public async Task What_is_no_object_is_refused(string body)
    {
        await using var bench = await PayBench.Start();

        Assert.Equal("PARAM_ERROR", (await bench.Post(PayBench.Jsapi, body)).Code);
    }

    [Fact]
    public async Task Every_field_that_WeChat_has_is_taken_at_its_limit()
    {
        await using var bench = await PayBench.Start();
        var wish = bench.Wish(new string('T', 32));
        wish["description"] = new string('茶', 42) + "x"; // 127 bytes
        wish["time_expire"] = "2026-03-02T12:30:00+08:00";
        wish["attach"] = new string('x', 128);
        wish["goods_tag"] = new string('x', 32);
        wish["support_fapiao"] = false;
        wish["detail"] = new
        {
            cost_price = 1990,
            invoice_id = "1",
            goods_detail = new[] { new { merchant_goods_id = "tea-1", goods_name = "茶", quantity = 1, unit_price = 1990 } },
        };
        wish["scene_info"] = new { payer_client_ip = "127.0.0.1", store_info = new { id = "1", name = "店" } };
        wish["settle_info"] = new { profit_sharing = false };

        var reply = await bench.Post(PayBench.Jsapi, JsonSerializer.Serialize(wish));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Matches("^wx20260302120000[0-9a-f]{20}$", reply.Json.GetProperty("prepay_id").GetString());
    }

    [Fact]
    public async Task The_same_request_again_gets_the_newest_prepay_id_and_another_is_refused()
    {
        await using var bench = await PayBench.Start();
        var first = await bench.Prepare(Number);
        var reversed = bench.Wish(Number).Reverse().ToDictionary(each => each.Key, each => each.Value);

        var second = await bench.Post(PayBench.Jsapi, JsonSerializer.Serialize(reversed));
        var other = await bench.Prepare(Number, totalFen: 1991);

        Assert.NotEqual(PrepayId(first), PrepayId(second));
        Assert.Equal(PrepayId(second), bench.Pay.Payments.Single().PrepayId);
        Assert.Equal("INVALID_REQUEST", other.Code);
    }

    [Fact]
    public async Task A_paid_a_closed_and_an_expired_number_is_used_up()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell("T-paid-0001");
        await bench.Prepare("T-closed-01");
        await bench.Close("T-closed-01");
        var late = bench.Wish("T-late-0001");
        late["time_expire"] = "2026-03-02T12:30:00+08:00";
        await bench.Post(PayBench.Jsapi, JsonSerializer.Serialize(late));
        bench.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("ORDERPAID", (await bench.Prepare("T-paid-0001")).Code);
        Assert.Equal("ORDER_CLOSED", (await bench.Prepare("T-closed-01")).Code);
        Assert.Equal("ORDER_CLOSED", (await bench.Post(PayBench.Jsapi, JsonSerializer.Serialize(late))).Code);
        Assert.Equal("NOTPAY", await State(bench, "T-late-0001")); // too late is not closed
        Assert.Throws<InvalidOperationException>(() => bench.Pay.Pay("T-late-0001"));
    }

    [Theory]
    [InlineData("2026-03-02T11:00:00+08:00", "2026-03-02T12:01:00+08:00")]
    [InlineData("2026-03-02T12:00:59+08:00", "2026-03-02T12:01:00+08:00")]
    [InlineData("2026-03-02T12:02:00+08:00", "2026-03-02T12:02:00+08:00")]
    [InlineData("2026-12-31T00:00:00+08:00", "2026-05-31T12:00:00+08:00")]
    [InlineData(null, "2026-03-09T12:00:00+08:00")]
    public async Task The_last_moment_to_pay_is_a_minute_to_ninety_days_away(string? asked, string last)
    {
        await using var bench = await PayBench.Start();
        var wish = bench.Wish(Number);
        if (asked is not null)
            wish["time_expire"] = asked;

        await bench.Post(PayBench.Jsapi, JsonSerializer.Serialize(wish));

        Assert.Equal(DateTimeOffset.Parse(last), bench.Pay.Payments.Single().ExpiresAt);
    }

    [Fact]
    public async Task A_payment_is_unpaid_then_paid_and_known_by_both_numbers()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        var unpaid = (await bench.Query(Number)).Json;
        bench.Clock.Advance(TimeSpan.FromSeconds(90));

        var sold = bench.Pay.Pay(Number);

        Assert.Equal("NOTPAY", unpaid.GetProperty("trade_state").GetString());
        Assert.False(unpaid.TryGetProperty("transaction_id", out _));
        var paid = await bench.Query(Number);
        Assert.Equal("SUCCESS", paid.Json.GetProperty("trade_state").GetString());
        Assert.Equal(sold.TransactionId, paid.Json.GetProperty("transaction_id").GetString());
        Assert.Equal("2026-03-02T12:01:30+08:00", paid.Json.GetProperty("success_time").GetString());
        Assert.Equal(1990, paid.Json.GetProperty("amount").GetProperty("total").GetInt64());
        Assert.Equal(
            bench.Sandbox.Shoppers.Named("alice").OpenId, paid.Json.GetProperty("payer").GetProperty("openid").GetString());
        var byTransaction = await bench.Get($"/v3/pay/transactions/id/{sold.TransactionId}?mchid={MerchantAccount.MchId}");
        Assert.Equal(paid.Text, byTransaction.Text);
    }

    [Fact]
    public async Task Nobody_pays_twice_and_a_late_payment_has_to_be_forced()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        await bench.Close(Number);

        Assert.Throws<InvalidOperationException>(() => bench.Pay.Pay(Number));
        bench.Pay.Pay(Number, shopper: "bob", amountFen: 1, force: true);

        Assert.Throws<InvalidOperationException>(() => bench.Pay.Pay(Number, force: true));
        var paid = (await bench.Query(Number)).Json;
        Assert.Equal(1, paid.GetProperty("amount").GetProperty("total").GetInt64());
        Assert.Equal(bench.Sandbox.Shoppers.Named("bob").OpenId, paid.GetProperty("payer").GetProperty("openid").GetString());
    }

    [Fact]
    public async Task Closing_is_for_what_is_unpaid_and_may_be_repeated()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        await bench.Sell("T-paid-0001");

        Assert.Equal(HttpStatusCode.NoContent, (await bench.Close(Number)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await bench.Close(Number)).Status);
        Assert.Equal("CLOSED", await State(bench, Number));
        Assert.Equal("ORDERPAID", (await bench.Close("T-paid-0001")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Close("T-nobody-01")).Status);
        Assert.Equal("SUCCESS", await State(bench, "T-paid-0001"));
    }

    [Fact]
    public async Task After_seven_days_an_unpaid_one_is_closed_of_itself()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        bench.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        var before = await State(bench, Number);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("NOTPAY", before);
        Assert.Equal("CLOSED", await State(bench, Number));
    }

    [Fact]
    public async Task Calls_fail_as_the_script_says_wherever_numbers_stand_in_their_path()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        const string query = "/v3/pay/transactions/out-trade-no/*";
        bench.Sandbox.Failures.Add(new(query, FailureKind.Status, Status: 429));
        bench.Sandbox.Failures.Add(new(query, FailureKind.Status, Status: 500, Code: "BANKERROR"));
        bench.Sandbox.Failures.Add(new(query, FailureKind.UserPaying));
        bench.Sandbox.Failures.Add(new(query, FailureKind.WrongSignature));
        bench.Sandbox.Failures.Add(new(query, FailureKind.UnknownSerial));
        bench.Sandbox.Failures.Add(new(query + "/close", FailureKind.Lost));
        var keys = await bench.Certificates();

        Assert.Equal("FREQUENCY_LIMITED", (await bench.Query(Number)).Code);
        Assert.Equal("BANKERROR", (await bench.Query(Number)).Code);
        Assert.Equal("USERPAYING", await State(bench, Number));
        var wrong = await bench.Query(Number);
        Assert.False(PayBench.IsSigned(wrong.Headers, wrong.Text, keys.Values.Single().PublicKey.GetRSAPublicKey()!));
        Assert.DoesNotContain((await bench.Query(Number)).Headers["Wechatpay-Serial"], keys.Keys);
        await Assert.ThrowsAsync<HttpRequestException>(() => bench.Close(Number));
        Assert.Equal("CLOSED", await State(bench, Number));
    }

    private static string PrepayId(PayReply reply) => reply.Json.GetProperty("prepay_id").GetString()!;

    private static async Task<string> State(PayBench bench, string number) =>
        (await bench.Query(number)).Json.GetProperty("trade_state").GetString()!;
}
