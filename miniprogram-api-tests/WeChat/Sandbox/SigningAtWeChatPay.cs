using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>Who may speak to WeChat Pay, and how it signs what it says.</summary>
public sealed class SigningAtWeChatPay
{
    private const string AnyQuery = $"/v3/pay/transactions/out-trade-no/T20260101000000000001?mchid={MerchantAccount.MchId}";

    [Fact]
    public async Task Without_the_merchants_signature_nothing_is_answered()
    {
        await using var bench = await PayBench.Start();

        Assert.Equal("SIGN_ERROR", await Code(bench, _ => null));
        Assert.Equal("SIGN_ERROR", await Code(bench, right => right.Replace("2048", "4096", StringComparison.Ordinal)));
        Assert.Equal("SIGN_ERROR", await Code(bench, right => right + ",more=\"1\""));
        Assert.Equal("SIGN_ERROR", await Code(bench, right => right.Replace("timestamp=", "timestamps=", StringComparison.Ordinal)));
        Assert.Equal("SIGN_ERROR", await Code(bench, right => right.Replace("signature=\"", "signature=\"A", StringComparison.Ordinal)));
        Assert.Equal("MCH_NOT_EXISTS", await Code(bench, _ => bench.Authorization("GET", AnyQuery, "", mchId: "1900000002")));
        Assert.Equal(
            "SIGN_ERROR", await Code(bench, _ => bench.Authorization("GET", AnyQuery, "", serial: new string('A', 40))));
        Assert.Equal("ORDER_NOT_EXIST", await Code(bench, right => right));
    }

    [Theory, InlineData(-301, false), InlineData(-300, true), InlineData(300, true), InlineData(301, false)]
    public async Task A_clock_may_be_five_minutes_wrong(int seconds, bool isTaken)
    {
        await using var bench = await PayBench.Start();
        var at = bench.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;

        var code = await Code(bench, _ => bench.Authorization("GET", AnyQuery, "", at));

        Assert.Equal(isTaken ? "ORDER_NOT_EXIST" : "SIGN_ERROR", code);
    }

    [Fact]
    public async Task A_wrong_signature_is_told_what_it_should_have_signed()
    {
        await using var bench = await PayBench.Start();
        var body = JsonSerializer.Serialize(bench.Wish("T20260101000000000001"));
        var other = bench.Authorization("POST", PayBench.Jsapi, body + " ");

        var reply = await bench.Send(HttpMethod.Post, PayBench.Jsapi, body, request => Authorize(request, other));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        var told = reply.Json.GetProperty("detail").GetProperty("sign_information");
        Assert.Equal("POST", told.GetProperty("method").GetString());
        Assert.Equal(PayBench.Jsapi, told.GetProperty("url").GetString());
        Assert.StartsWith("POST\n/v3/pay/transactions/jsapi\n", told.GetProperty("truncated_sign_message").GetString());
        Assert.False(reply.Headers.ContainsKey("Wechatpay-Signature"));
    }

    [Theory, InlineData("Accept"), InlineData("User-Agent")]
    public async Task A_request_says_who_it_is_and_what_it_reads(string header)
    {
        await using var bench = await PayBench.Start();

        var reply = await bench.Send(HttpMethod.Get, AnyQuery, "", request => request.Headers.Remove(header));

        Assert.Equal("PARAM_ERROR", reply.Code);
    }

    [Fact]
    public async Task Every_success_is_signed_with_the_newest_certificate_or_the_key_asked_for()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare("T20260101000000000001");
        var old = (await bench.Certificates()).Keys.Single();
        var rotated = bench.Pay.RotateCertificate();
        var keys = (await bench.Certificates()).ToDictionary(each => each.Key, each => each.Value.GetRSAPublicKey()!);
        var withId = RSA.Create();
        withId.ImportSubjectPublicKeyInfo(Convert.FromBase64String(SandboxPay.PublicKey), out _);
        keys[SandboxPay.PublicKeyId] = withId;

        Assert.Equal(rotated, await Signer(null));
        Assert.Equal(old, await Signer(old));
        Assert.Equal(rotated, await Signer(rotated));
        Assert.Equal(SandboxPay.PublicKeyId, await Signer(SandboxPay.PublicKeyId));
        bench.Pay.PublicKeyOnly = true;
        Assert.Equal(SandboxPay.PublicKeyId, await Signer(null));
        Assert.Equal("RESOURCE_NOT_EXISTS", (await bench.Get("/v3/certificates")).Code);

        async Task<string> Signer(string? asked)
        {
            var query = await bench.Send(HttpMethod.Get, AnyQuery, "", serial: asked);
            var serial = query.Headers["Wechatpay-Serial"];
            Assert.Equal(HttpStatusCode.OK, query.Status);
            Assert.True(PayBench.IsSigned(query.Headers, query.Text, keys[serial]));
            Assert.True(query.Headers.ContainsKey("Request-ID"));
            return serial;
        }
    }

    [Fact]
    public async Task An_empty_answer_is_signed_too()
    {
        await using var bench = await PayBench.Start();
        await bench.Prepare("T20260101000000000001");
        var keys = await bench.Certificates();

        var reply = await bench.Close("T20260101000000000001");

        Assert.Equal(HttpStatusCode.NoContent, reply.Status);
        Assert.True(PayBench.IsSigned(reply.Headers, "", keys[reply.Headers["Wechatpay-Serial"]].GetRSAPublicKey()!));
    }

    [Fact]
    public async Task A_certificate_is_named_by_its_own_serial()
    {
        await using var bench = await PayBench.Start();

        var (serial, certificate) = (await bench.Certificates()).Single();

        Assert.Equal(serial, certificate.SerialNumber);
        Assert.Equal(40, serial.Length);
        Assert.InRange(bench.Clock.GetUtcNow(), certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
    }

    /// <param name="change">Makes another Authorization of the right one; null for none.</param>
    private static async Task<string> Code(PayBench bench, Func<string, string?> change)
    {
        var reply = await bench.Send(HttpMethod.Get, AnyQuery, "", request =>
            Authorize(request, change(request.Headers.GetValues("Authorization").Single())));
        return reply.Code;
    }

    private static void Authorize(HttpRequestMessage request, string? value)
    {
        request.Headers.Remove("Authorization");
        if (value is not null)
            request.Headers.TryAddWithoutValidation("Authorization", value);
    }
}
