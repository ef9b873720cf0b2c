using System.Text.Json.Nodes;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>What WeChat Pay says of a refund is what the app takes it to say, and nothing is guessed.</summary>
public sealed class RefundingThroughWeChat : IAsyncLifetime
{
    private const string Number = "R20260101000000000001";

    private readonly PayBench bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    [Theory]
    [InlineData("PROCESSING", RefundStatus.Processing)]
    [InlineData("SUCCESS", RefundStatus.Success)]
    [InlineData("CLOSED", RefundStatus.Closed)]
    [InlineData("ABNORMAL", RefundStatus.Abnormal)]
    public async Task A_refund_is_known_with_its_state(string status, RefundStatus expected)
    {
        var time = expected == RefundStatus.Success ? PayVectors.Moment : (DateTimeOffset?)null;
        var news = new RefundNews(
            PayVectors.MchId, "T20260101000000000001", "4200000000202601010000000001", Number,
            "50000000002026010100000000001", expected, 990, 1990, time);

        bench.Server.Next(200, Answer(status));
        Assert.Equal(new RefundOutcome.Known(news), await Refund());
        bench.Server.Next(200, Answer(status));
        Assert.Equal(new RefundOutcome.Known(news), await Query());
        Assert.Equal($"/v3/refund/domestic/refunds/{Number}", bench.Server.Wishes[1].Path);
    }

    [Theory]
    [InlineData(403, "NOT_ENOUGH", "Refused NOTENOUGH", "Unknown")]
    [InlineData(403, "NOTENOUGH", "Refused NOTENOUGH", "Unknown")]
    [InlineData(403, "USER_ACCOUNT_ABNORMAL", "Refused USERACCOUNTABNORMAL", "Unknown")]
    [InlineData(400, "INVALID_REQUEST", "Refused INVALIDREQUEST", "Unknown")]
    [InlineData(401, "SIGN_ERROR", "Refused SIGNERROR", "Unknown")]
    [InlineData(404, "MCH_NOT_EXISTS", "Refused MCHNOTEXISTS", "Unknown")]
    [InlineData(404, "RESOURCE_NOT_EXISTS", "Missing", "Missing")]
    [InlineData(404, "ORDER_NOT_EXIST", "Missing", "Missing")]
    [InlineData(429, "FREQUENCY_LIMITED", "Busy", "Busy")]
    [InlineData(429, "", "Busy", "Busy")]
    [InlineData(403, "FREQUENCY_LIMIT_EXCEED", "Busy", "Busy")]
    [InlineData(500, "SYSTEM_ERROR", "Unknown", "Unknown")]
    [InlineData(500, "NOT_ENOUGH", "Unknown", "Unknown")]
    [InlineData(404, "", "Unknown", "Unknown")]
    [InlineData(302, "FOUND", "Unknown", "Unknown")]
    public async Task A_no_is_told_by_its_code_and_a_no_to_a_question_is_none_to_the_refund(
        int status, string code, string refund, string query)
    {
        bench.Server.Otherwise = _ => PayServer.Error(status, code);

        Assert.Equal(refund, Told(await Refund()));
        Assert.Equal(query, Told(await Query()));
    }

    [Theory]
    [InlineData("out_refund_no", "R20260101000000000002")]
    [InlineData("out_trade_no", "")]
    [InlineData("status", "SOMETHING_NEW")]
    [InlineData("status", null)]
    [InlineData("refund_id", null)]
    [InlineData("amount", null)]
    public async Task A_refund_that_is_another_or_not_told_in_full_is_not_known(string field, string? value)
    {
        var json = JsonNode.Parse(Answer("SUCCESS"))!;
        json[field] = value;
        bench.Server.Otherwise = _ => bench.Server.Signed(200, json.ToJsonString());

        Assert.Equal("Unknown", Told(await Refund()));
        Assert.Equal("Unknown", Told(await Query()));
    }

    [Fact]
    public async Task A_refund_of_another_payment_is_not_known()
    {
        bench.Server.Next(200, Answer("SUCCESS").Replace("T20260101000000000001", "T20260101000000000002"));

        Assert.Equal("Unknown", Told(await Refund()));
    }

    [Fact]
    public async Task A_refund_is_not_sent_again_by_itself()
    {
        bench.Server.Otherwise = _ => bench.Server.Signed(502, "");

        Assert.Equal("Unknown", Told(await Refund()));
        Assert.Single(bench.Server.Wishes);
    }

    private static string Told(RefundOutcome outcome) => outcome is RefundOutcome.Refused refused
        ? $"Refused {refused.Code}"
        : outcome.GetType().Name;

    /// <summary>As the interface answers: <c>status</c>, and no <c>mchid</c>.</summary>
    private static string Answer(string status) => new JsonObject
    {
        ["refund_id"] = "50000000002026010100000000001",
        ["out_refund_no"] = Number,
        ["transaction_id"] = "4200000000202601010000000001",
        ["out_trade_no"] = "T20260101000000000001",
        ["channel"] = "ORIGINAL",
        ["user_received_account"] = "支付用户零钱",
        ["success_time"] = status == "SUCCESS" ? "2026-01-01T08:00:00+08:00" : null,
        ["create_time"] = "2026-01-01T08:00:00+08:00",
        ["status"] = status,
        ["amount"] = new JsonObject { ["total"] = 1990, ["refund"] = 990, ["currency"] = "CNY" },
    }.ToJsonString();

    private Task<RefundOutcome> Refund() => bench.Pay.Refund(
        new(Number, "T20260101000000000001", 990, 1990, "缺货", "/api/n"), CancellationToken.None);

    private Task<RefundOutcome> Query() => bench.Pay.QueryRefund(Number, CancellationToken.None);
}
