using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>The levers of WeChat Pay as the page, a script and the demo pull them.</summary>
public sealed class PayingByHand
{
    private const string Number = "T20260101000000000001";

    [Fact]
    public async Task A_click_pays_what_was_prepared_and_a_second_click_does_not()
    {
        await using var bench = await PayBench.Start();
        using var http = new HttpClient { BaseAddress = bench.Sandbox.Address };
        await bench.Prepare(Number);
        var listed = (await http.GetFromJsonAsync<JsonElement>("/__sandbox/payments"))[0];

        var paid = await Post(http, $"payments/{Number}/pay", new { });
        var again = await Post(http, $"payments/{Number}/pay", new { });

        Assert.Equal("alice", listed.GetProperty("shopper").GetString());
        Assert.Equal(("notPay", 1990), (listed.GetProperty("state").GetString(), listed.GetProperty("amountFen").GetInt32()));
        Assert.Equal("success", (await paid.Json()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Single(bench.Pay.PendingNotifications);
    }

    [Theory]
    [InlineData("payments/T-nobody-01/pay", "{}", HttpStatusCode.Conflict)]
    [InlineData("payments/T20260101000000000001/pay", """{"amountFen":0}""", HttpStatusCode.BadRequest)]
    [InlineData("payments/T20260101000000000001/pay", """{"shopper":""}""", HttpStatusCode.BadRequest)]
    [InlineData("payments/T20260101000000000001/notification", "{}", HttpStatusCode.Conflict)]
    [InlineData("payments/T20260101000000000001/probe", "{}", HttpStatusCode.Conflict)]
    [InlineData("payment-requests", """{"shopper":"alice"}""", HttpStatusCode.Conflict)]
    [InlineData("refunds/R-1/settle", """{"status":"closed"}""", HttpStatusCode.Conflict)]
    [InlineData("refunds/R-1/settle", """{"status":"processing"}""", HttpStatusCode.BadRequest)]
    public async Task What_makes_no_sense_is_refused(string path, string body, HttpStatusCode status)
    {
        await using var bench = await PayBench.Start();
        using var http = new HttpClient { BaseAddress = bench.Sandbox.Address };
        await bench.Prepare(Number);

        Assert.Equal(status, (await Post(http, path, JsonSerializer.Deserialize<JsonElement>(body))).StatusCode);
        Assert.Empty(bench.Pay.PendingNotifications);
    }

    [Fact]
    public async Task Levers_are_pulled_refunds_settled_and_books_read_over_HTTP()
    {
        await using var bench = await PayBench.Start();
        using var http = new HttpClient { BaseAddress = bench.Sandbox.Address };
        await http.PutAsJsonAsync("/__sandbox/notifications/levers", new { duplicates = 1 });
        await bench.Sell(Number);
        await bench.Refund("R-1", Number, 1);

        var settled = await Post(http, "refunds/R-1/settle", new { status = "abnormal" });
        var sent = await (await Post(http, "notifications/send", new { })).Json();
        var told = await Post(http, $"payments/{Number}/notification", new { });
        var dropped = await (await http.DeleteAsync("/__sandbox/notifications")).Json();

        Assert.Equal(HttpStatusCode.NoContent, settled.StatusCode);
        Assert.Equal(4, sent.GetProperty("sent").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);
        Assert.Equal(1, dropped.GetProperty("dropped").GetInt32());
        var refunds = await http.GetFromJsonAsync<JsonElement>("/__sandbox/refunds");
        Assert.Equal("abnormal", refunds[0].GetProperty("status").GetString());
        var notifications = await http.GetFromJsonAsync<JsonElement>("/__sandbox/notifications");
        Assert.Equal(1, notifications.GetProperty("levers").GetProperty("duplicates").GetInt32());
        Assert.Contains(Number, await http.GetStringAsync("/__sandbox/bills/2026-03-02"), StringComparison.Ordinal);
        Assert.Equal(0, (await http.GetFromJsonAsync<JsonElement>("/__sandbox/shippings")).GetArrayLength());
        var bad = await http.PutAsJsonAsync("/__sandbox/notifications/levers", new { duplicates = 101 });
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task A_reset_forgets_the_books()
    {
        await using var bench = await PayBench.Start();
        await bench.Sell(Number);
        await bench.Refund("R-1", Number, 1);

        bench.Sandbox.Reset();

        Assert.Empty(bench.Pay.Payments);
        Assert.Empty(bench.Pay.Refunds);
        Assert.Empty(bench.Pay.PendingNotifications);
    }

    [Fact]
    public async Task The_phone_pays_what_the_merchant_has_signed_for_this_shopper_within_two_hours()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare(Number);
        var old = Signed(bench.Pay.Payments.Single().PrepayId);
        await bench.Prepare(Number);
        var right = Signed(bench.Pay.Payments.Single().PrepayId);

        Refused("alice", old); // a newer one is there
        Refused("bob", right);
        Refused("alice", right with { SignType = "MD5" });
        Refused("alice", right with { TimeStamp = "1" });
        Refused("alice", right with { PaySign = "x" });
        bench.Clock.Advance(TimeSpan.FromHours(2));
        Refused("alice", right);
        await bench.Prepare(Number);

        var paid = bench.Pay.RequestPayment("alice", Signed(bench.Pay.Payments.Single().PrepayId));
        Assert.Equal(SandboxTradeState.Success, paid.State);

        void Refused(string shopper, PaymentRequest request) =>
            Assert.Throws<InvalidOperationException>(() => bench.Pay.RequestPayment(shopper, request));
    }

    private static PaymentRequest Signed(string prepayId)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(MerchantAccount.PrivateKey), out _);
        var (time, nonce, package) = ("1772424000", "593BEC0C930BF1AFEB40B4A08C8FB242", $"prepay_id={prepayId}");
        var message = Encoding.UTF8.GetBytes($"{MiniProgramApi.AppId}\n{time}\n{nonce}\n{package}\n");
        var signature = key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new(time, nonce, package, "RSA", Convert.ToBase64String(signature));
    }

    private static Task<HttpResponseMessage> Post<T>(HttpClient http, string path, T body) =>
        http.PostAsJsonAsync($"/__sandbox/{path}", body);
}
