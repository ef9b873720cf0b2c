using System.Text;
using System.Text.Json.Nodes;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>What WeChat Pay says of a payment is what the app takes it to say, and nothing is guessed.</summary>
public sealed class PayingThroughWeChat : IAsyncLifetime
{
    private const string Number = "T20260101000000000001";

    private readonly PayBench bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => bench.DisposeAsync().AsTask();

    [Fact]
    public async Task A_prepayment_says_all_that_WeChat_asks_for_and_nothing_else()
    {
        bench.Server.Next(200, "{\"prepay_id\":\"wx010800000000001234567890abcdef0000\"}");

        var outcome = await bench.Pay.Prepay(
            new(Number, "碧螺春 & <新茶>", 1990, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", PayVectors.Moment.AddMinutes(30), "/api/n"),
            CancellationToken.None);

        Assert.Equal(new PrepayOutcome.Ready("wx010800000000001234567890abcdef0000"), outcome);
        var call = Assert.Single(bench.Server.Wishes);
        Assert.Equal((HttpMethod.Post, "/v3/pay/transactions/jsapi"), (call.Method, call.Path));
        Assert.Equal(
            """
            {"appid":"wx1234567890abcdef","mchid":"1900000001","description":"碧螺春 & <新茶>",
            "out_trade_no":"T20260101000000000001","time_expire":"2026-01-01T08:30:00+08:00",
            "notify_url":"https://api.example.com/api/n","amount":{"total":1990,"currency":"CNY"},
            "payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}
            """.ReplaceLineEndings(""),
            call.Body);
    }

    [Fact]
    public async Task Every_call_names_itself_and_the_key_for_the_answer_and_its_body_s_length()
    {
        await Prepay();
        await Query();
        await Close();
        await bench.Pay.QueryRefund("R1", CancellationToken.None);
        await bench.Pay.DownloadBill(new(2026, 1, 1), CancellationToken.None);

        Assert.Equal(5, bench.Server.Wishes.Count);
        foreach (var call in bench.Server.Wishes)
        {
            Assert.Equal("application/json", call.Headers["Accept"]);
            Assert.NotEmpty(call.Headers["User-Agent"]);
            Assert.Equal(PayVectors.PublicKeyId, call.Headers["Wechatpay-Serial"]);
            if (call.Method == HttpMethod.Get) continue;
            Assert.Equal("application/json", call.Headers["Content-Type"]);
            Assert.Equal($"{Encoding.UTF8.GetByteCount(call.Body)}", call.Headers["Content-Length"]);
        }
    }

    [Theory]
    [InlineData("close order")]
    [InlineData("query by out_trade_no")]
    [InlineData("refund")]
    public async Task Calls_are_those_of_the_vectors_to_the_letter(string name)
    {
        await using var fixedNonce = new PayBench(ids: new VectorNonce());
        var vector = PayVectors.Named(name);
        _ = name switch
        {
            "close order" => (object)await fixedNonce.Pay.Close(Number, CancellationToken.None),
            "refund" => await fixedNonce.Pay.Refund(
                new("R20260101000000000001", Number, 990, 1990, "缺货", "/wechat/refund/notify"), CancellationToken.None),
            _ => await fixedNonce.Pay.Query(Number, CancellationToken.None),
        };

        var call = fixedNonce.Server.Wishes[0];
        Assert.Equal(vector.GetProperty("url").GetString(), call.Path);
        Assert.Equal(vector.GetProperty("body").GetString(), call.Body);
        Assert.Equal(vector.GetProperty("authorization").GetString(), call.Headers["Authorization"]);
    }

    [Theory]
    [InlineData(400, "ORDERPAID", "08F5", "Paid")]
    [InlineData(400, "ORDER_PAID", "08F5", "Paid")]
    [InlineData(403, "INVALID_REQUEST", "08F5-268449538", "Paid")]
    [InlineData(400, "INVALID_REQUEST", "08F5-268498689", "Paid")]
    [InlineData(400, "ORDER_CLOSED", "08F5", "Closed")]
    [InlineData(400, "ORDERCLOSED", "08F5", "Closed")]
    [InlineData(400, "INVALID_REQUEST", "08F5-268447914", "Closed")]
    [InlineData(400, "PARAM_ERROR", "08F5", "Refused PARAMERROR")]
    [InlineData(403, "NO_AUTH", "08F5", "Refused NOAUTH")]
    [InlineData(403, "NOAUTH", "08F5", "Refused NOAUTH")]
    [InlineData(401, "SIGN_ERROR", "08F5", "Refused SIGNERROR")]
    [InlineData(400, "APPID_MCHID_NOT_MATCH", "08F5", "Refused APPIDMCHIDNOTMATCH")]
    [InlineData(429, "FREQUENCY_LIMITED", "08F5", "Unknown")]
    [InlineData(403, "RATELIMIT_EXCEEDED", "08F5", "Unknown")]
    [InlineData(500, "SYSTEM_ERROR", "08F5", "Unknown")]
    [InlineData(500, "ORDERPAID", "08F5", "Unknown")]
    [InlineData(503, "ORDER_CLOSED", "08F5", "Unknown")]
    [InlineData(302, "ORDERPAID", "08F5", "Unknown")]
    [InlineData(400, "not a code", "08F5", "Unknown")]
    [InlineData(404, "", "08F5", "Unknown")]
    public async Task A_no_to_a_prepayment_is_told_by_its_code(int status, string code, string requestId, string expected)
    {
        bench.Server.NextError(status, code, requestId);

        Assert.Equal(expected, Told(await Prepay()));
        Assert.Single(bench.Server.Wishes); // no prepayment is sent twice
    }

    [Theory]
    [InlineData("SUCCESS", "Paid")]
    [InlineData("REFUND", "Paid")]
    [InlineData("CLOSED", "Closed")]
    [InlineData("NOTPAY", "Refused OUTTRADENOUSED")]
    [InlineData("", "Unknown")]
    public async Task What_became_of_a_number_that_was_used_before_a_query_tells(string state, string expected)
    {
        bench.Server.NextError(403, "OUT_TRADE_NO_USED");
        bench.Server.Next(200, Transaction(state));

        Assert.Equal(expected, Told(await Prepay()));
    }

    [Theory]
    [InlineData("SUCCESS", "Paid")]
    [InlineData("REFUND", "Paid")]
    [InlineData("NOTPAY", "NotPaid")]
    [InlineData("USERPAYING", "NotPaid")]
    [InlineData("PAYERROR", "NotPaid")]
    [InlineData("CLOSED", "Closed")]
    [InlineData("REVOKED", "Closed")]
    [InlineData("SOMETHING_NEW", "Unknown")]
    [InlineData("", "Unknown")]
    public async Task The_state_of_a_payment_is_told(string state, string expected)
    {
        bench.Server.Next(200, Transaction(state));

        var outcome = await Query();

        Assert.Equal(expected, Told(outcome));
        if (outcome is QueryOutcome.Paid paid)
        {
            Assert.Equal(
                (Number, "4200000000202601010000000001", 1990L, "CNY", state, PayVectors.Moment),
                (paid.Transaction.OutTradeNo, paid.Transaction.TransactionId, paid.Transaction.TotalFen,
                    paid.Transaction.Currency, paid.Transaction.TradeState, paid.Transaction.PaidAt));
        }
    }

    [Theory]
    [InlineData("appid", "wx0000000000000000")]
    [InlineData("mchid", "1900000109")]
    [InlineData("out_trade_no", "T20260101000000000002")]
    [InlineData("transaction_id", "")]
    [InlineData("success_time", "yesterday")]
    [InlineData("amount", null)]
    [InlineData("payer", null)]
    public async Task A_payment_that_is_not_ours_or_not_told_in_full_is_not_known(string field, string? value)
    {
        var json = JsonNode.Parse(Transaction("SUCCESS"))!;
        json[field] = value;
        bench.Server.Next(200, json.ToJsonString());

        Assert.Equal("Unknown", Told(await Query()));
    }

    [Theory]
    [InlineData(404, "ORDER_NOT_EXIST", "Missing")]
    [InlineData(404, "ORDERNOTEXIST", "Missing")]
    [InlineData(404, "RESOURCE_NOT_EXISTS", "Missing")]
    [InlineData(400, "ORDER_CLOSED", "Closed")]
    [InlineData(400, "USERPAYING", "NotPaid")]
    [InlineData(400, "MCH_NOT_EXISTS", "Unknown")]
    [InlineData(401, "SIGN_ERROR", "Unknown")]
    [InlineData(404, "", "Unknown")]
    [InlineData(429, "FREQUENCY_LIMITED", "Unknown")]
    public async Task A_no_to_a_query_is_told_by_its_code(int status, string code, string expected)
    {
        bench.Server.NextError(status, code);

        Assert.Equal(expected, Told(await Query()));
        Assert.Single(bench.Server.Wishes);
    }

    [Fact]
    public async Task A_202_says_that_the_shopper_is_at_it()
    {
        bench.Server.Next(202, "{\"code\":\"USERPAYING\",\"message\":\"...\"}");

        Assert.Equal("NotPaid", Told(await Query()));
    }

    [Theory]
    [InlineData(400, "ORDERPAID", CloseOutcome.Paid)]
    [InlineData(403, "ORDER_PAID", CloseOutcome.Paid)]
    [InlineData(400, "ORDER_CLOSED", CloseOutcome.Closed)]
    [InlineData(404, "ORDER_NOT_EXIST", CloseOutcome.Missing)]
    [InlineData(400, "USERPAYING", CloseOutcome.Unknown)]
    [InlineData(400, "PARAM_ERROR", CloseOutcome.Unknown)]
    [InlineData(429, "FREQUENCY_LIMITED", CloseOutcome.Unknown)]
    [InlineData(500, "ORDERPAID", CloseOutcome.Unknown)]
    public async Task A_no_to_closing_is_told_by_its_code(int status, string code, CloseOutcome expected)
    {
        bench.Server.NextError(status, code);

        Assert.Equal(expected, await Close());
        Assert.Single(bench.Server.Wishes);
    }

    [Theory]
    [InlineData("SUCCESS", CloseOutcome.Paid)]
    [InlineData("CLOSED", CloseOutcome.Closed)]
    [InlineData("NOTPAY", CloseOutcome.Unknown)]
    public async Task Where_closing_meets_a_code_of_many_meanings_a_query_tells(string state, CloseOutcome expected)
    {
        bench.Server.NextError(400, "INVALID_REQUEST");
        bench.Server.Next(200, Transaction(state));

        Assert.Equal(expected, await Close());
    }

    [Theory]
    [InlineData(204, CloseOutcome.Closed)]
    [InlineData(200, CloseOutcome.Closed)]
    [InlineData(202, CloseOutcome.Unknown)]
    public async Task A_payment_is_closed_once_WeChat_signs_that_it_is(int status, CloseOutcome expected)
    {
        bench.Server.Next(status, "");

        Assert.Equal(expected, await Close());
    }

    [Fact]
    public async Task No_answer_of_success_is_believed_without_its_signature()
    {
        var body = Encoding.UTF8.GetBytes(Transaction("SUCCESS"));
        var good = bench.Server.Platform.Sign(body, PayVectors.Moment);
        var forged = new ForgedNotifications(bench.Server.Platform, PayVectors.Notification("pay success notify"), PayVectors.Moment)
            .All().Select(one => one.Notification).Where(one => one.Body.Span.SequenceEqual(PayVectors.Notification("pay success notify").Body.Span));
        foreach (var one in forged) // the same headers, which never belonged to this body
        {
            bench.Server.Otherwise = _ => PayServer.Sealed(200, body, one);
            Assert.Equal("Unknown", Told(await Query()));
        }

        foreach (var (status, signature) in (List<(int, PayNotification)>)
            [(204, good), (200, good with { Signature = null }), (200, good with { Serial = null }), (200, good with { Timestamp = null })])
        {
            bench.Server.Otherwise = _ => PayServer.Sealed(status, [], signature);
            Assert.Equal(CloseOutcome.Unknown, await Close());
        }

        bench.Server.Otherwise = _ => PayServer.Sealed(200, body, good);
        Assert.Equal("Paid", Told(await Query()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("{\"prepay_id\":7}")]
    [InlineData("{\"prepay_id\":\"\"}")]
    [InlineData("{\"prepay_id\":\"wx1\",\"prepay_id\":\"wx2\"}")]
    public async Task A_success_that_says_nothing_is_not_known(string body)
    {
        bench.Server.Next(200, body);

        Assert.Equal("Unknown", Told(await Prepay()));
    }

    [Fact]
    public async Task A_question_is_asked_again_after_a_5xx_and_a_broken_answer_and_no_wish_is()
    {
        bench.Server.Next(500, "{}");
        bench.Server.Next(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        bench.Server.Next(200, Transaction("SUCCESS"));
        Assert.Equal("Paid", Told(await Query()));
        Assert.Equal(2, bench.Clock.Waits.Count);

        bench.Server.Next(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        Assert.Equal("Unknown", Told(await Prepay()));
        Assert.Equal(4, bench.Server.Wishes.Count);
    }

    [Fact]
    public async Task Whatever_never_left_is_sent_again_signed_anew_three_times_at_most()
    {
        bench.Server.Next(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        bench.Server.Next(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError));
        bench.Server.Next(200, "{\"prepay_id\":\"wx1\"}");
        Assert.Equal("Ready", Told(await Prepay()));
        Assert.Equal(3, bench.Server.Wishes.Select(call => call.Headers["Authorization"]).Distinct().Count());
        Assert.Collection(
            bench.Clock.Waits,
            first => Assert.InRange(first.TotalMilliseconds, 50, 100),
            second => Assert.InRange(second.TotalMilliseconds, 100, 200));

        bench.Server.Otherwise = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        Assert.Equal("Unknown", Told(await Prepay()));
        Assert.Equal(3 + PaySender.TriesMax, bench.Server.Wishes.Count);
    }

    [Fact]
    public async Task Time_that_is_over_is_no_answer_and_a_caller_who_goes_away_is_heard()
    {
        bench.Server.Otherwise = _ => throw new TaskCanceledException();
        Assert.Equal("Unknown", Told(await Prepay()));
        Assert.Equal("Unknown", Told(await Query()));
        Assert.Equal(2, bench.Server.Wishes.Count);

        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Pay.Query(Number, gone.Token));
    }

    private static string Told(object outcome) => outcome switch
    {
        PrepayOutcome.Refused refused => $"Refused {refused.Code}",
        _ => outcome.GetType().Name,
    };

    private static string Transaction(string state)
    {
        var json = JsonNode.Parse(PayVectors.Named("pay success notify (plaintext)").GetProperty("plaintext").GetString()!)!;
        json["trade_state"] = state;
        return json.ToJsonString();
    }

    private Task<PrepayOutcome> Prepay() => bench.Pay.Prepay(
        new(Number, "茶", 1990, "o1", PayVectors.Moment.AddMinutes(30), "/api/n"), CancellationToken.None);

    private Task<QueryOutcome> Query() => bench.Pay.Query(Number, CancellationToken.None);

    private Task<CloseOutcome> Close() => bench.Pay.Close(Number, CancellationToken.None);
}
