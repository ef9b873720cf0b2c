using System.Net;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>Money going back at WeChat.</summary>
public sealed class RefundingAtWeChatPay
{
    private const string Number = "T20260101000000000001";

    [Fact]
    public async Task A_refund_is_under_way_at_first_and_told_once_it_is_there()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        bench.Pay.DropNotifications();

        var asked = await bench.Refund("R-1", Number, 990);
        Assert.Equal(0, await bench.Pay.SendDue(CancellationToken.None));
        bench.Clock.Advance(SandboxPay.RefundTime);
        Assert.Equal(1, await bench.Pay.SendDue(CancellationToken.None));

        Assert.Equal("PROCESSING", Status(asked));
        Assert.False(asked.Json.TryGetProperty("success_time", out _));
        var heard = bench.App.All.Single();
        Assert.Equal(("/api/wechat/refunds", "REFUND.SUCCESS"), (heard.Path, heard.EventType));
        Assert.Equal("SUCCESS", heard.News.GetProperty("refund_status").GetString());
        Assert.Equal(990, heard.News.GetProperty("amount").GetProperty("refund").GetInt64());
        var query = await bench.Get($"{PayBench.RefundPath}/R-1");
        Assert.Equal("SUCCESS", Status(query));
        Assert.Equal("2026-03-02T12:00:02+08:00", query.Json.GetProperty("success_time").GetString());
        Assert.Equal("REFUND", (await bench.Query(Number)).Json.GetProperty("trade_state").GetString());
        Assert.Equal(990, bench.Pay.Payments.Single().RefundedFen);
    }

    [Fact]
    public async Task The_same_number_is_one_refund_and_another_amount_under_it_is_refused()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        var first = await bench.Refund("R-1", Number, 990);

        var second = await bench.Refund("R-1", Number, 990);
        var other = await bench.Refund("R-1", Number, 991);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal("INVALID_REQUEST", other.Code);
        Assert.Equal(990, Assert.Single(bench.Pay.Refunds).AmountFen);
    }

    [Fact]
    public async Task Never_more_goes_back_than_was_paid()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        await bench.Refund("R-1", Number, 1000);

        Assert.Equal("INVALID_REQUEST", (await bench.Refund("R-2", Number, 991)).Code);
        Assert.Equal("INVALID_REQUEST", (await bench.Refund("R-3", Number, 100, totalFen: 2000)).Code);
        Assert.Equal("PARAM_ERROR", (await bench.Refund("R-4", Number, 2000)).Code);
        Assert.Equal(HttpStatusCode.OK, (await bench.Refund("R-5", Number, 990)).Status);
    }

    [Fact]
    public async Task A_closed_refund_counts_for_nothing_and_an_abnormal_one_for_all_of_it()
    {
        await using var bench = await PayBench.Start();
        bench.Pay.HoldsRefunds = true;
        await bench.Sell(Number);
        await bench.Refund("R-1", Number, 1990);
        bench.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("PROCESSING", Status(await bench.Get($"{PayBench.RefundPath}/R-1")));

        Assert.Equal(1, bench.Pay.SettleRefunds(SandboxRefundStatus.Closed));
        Assert.Equal("CLOSED", Status(await bench.Refund("R-1", Number, 1990))); // its number is used up
        Assert.Equal("SUCCESS", (await bench.Query(Number)).Json.GetProperty("trade_state").GetString());
        await bench.Refund("R-2", Number, 1990);
        Assert.Equal(1, bench.Pay.SettleRefunds(SandboxRefundStatus.Abnormal, "R-2"));

        Assert.Equal("INVALID_REQUEST", (await bench.Refund("R-3", Number, 1)).Code);
        Assert.Equal(0, bench.Pay.Payments.Single().RefundedFen);
        Assert.Equal(
            ["TRANSACTION.SUCCESS", "REFUND.CLOSED", "REFUND.ABNORMAL"],
            bench.Pay.PendingNotifications.Select(each => each.EventType));
    }

    [Fact]
    public async Task A_payment_is_refunded_fifty_times_at_most_and_within_a_year()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        await bench.Sell("T-old-00001");
        for (var index = 0; index < 50; index++)
            Assert.Equal(HttpStatusCode.OK, (await bench.Refund($"R-{index}", Number, 1)).Status);

        Assert.Equal("INVALID_REQUEST", (await bench.Refund("R-50", Number, 1)).Code);
        bench.Clock.Advance(TimeSpan.FromDays(365) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await bench.Refund("R-51", "T-old-00001", 1)).Status);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("INVALID_REQUEST", (await bench.Refund("R-52", "T-old-00001", 1)).Code);
    }

    [Fact]
    public async Task What_is_unknown_or_unpaid_or_without_money_gives_nothing_back()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        await bench.Sell("T-paid-0001");
        bench.Pay.HasFunds = false;

        Assert.Equal("RESOURCE_NOT_EXISTS", (await bench.Refund("R-1", Number, 1)).Code);
        Assert.Equal("RESOURCE_NOT_EXISTS", (await bench.Refund("R-1", "T-nobody-01", 1)).Code);
        Assert.Equal("RESOURCE_NOT_EXISTS", (await bench.Get($"{PayBench.RefundPath}/R-1")).Code);
        Assert.Equal("NOT_ENOUGH", (await bench.Refund("R-1", "T-paid-0001", 1)).Code);
        bench.Pay.HasFunds = true;
        Assert.Equal(HttpStatusCode.OK, (await bench.Refund("R-1", "T-paid-0001", 1)).Status);
    }

    [Theory]
    [InlineData("out_refund_no", "\"R/1\"")]
    [InlineData("out_refund_no", "\"\"")]
    [InlineData("out_trade_no", null)]
    [InlineData("reason", "\"茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶\"")] // 81 bytes
    [InlineData("notify_url", "\"http://shop.example.com/a\"")]
    [InlineData("funds_account", "\"BASIC\"")]
    [InlineData("amount", """{"refund":1,"total":1990}""")]
    [InlineData("amount", """{"refund":0,"total":1990,"currency":"CNY"}""")]
    [InlineData("mchid", "\"1900000001\"")]
    public async Task A_body_beyond_the_limits_is_refused(string field, string? json)
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        var body = new Dictionary<string, object?>
        {
            ["out_trade_no"] = Number,
            ["out_refund_no"] = "R-1",
            ["amount"] = new { refund = 1, total = 1990, currency = "CNY" },
        };
        body.Remove(field);
        if (json is not null)
            body[field] = JsonSerializer.Deserialize<JsonElement>(json);

        Assert.Equal("PARAM_ERROR", (await bench.Post(PayBench.RefundPath, JsonSerializer.Serialize(body))).Code);
        Assert.Empty(bench.Pay.Refunds);
    }

    private static string Status(PayReply reply) => reply.Json.GetProperty("status").GetString()!;
}
