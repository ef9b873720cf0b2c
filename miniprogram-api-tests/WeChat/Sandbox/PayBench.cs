using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.WeChat.Sandbox;

/// <summary>The sandbox on a free port, and a merchant who signs by a hand of their own.</summary>
internal sealed class PayBench : IAsyncDisposable
{
    public const string Jsapi = "/v3/pay/transactions/jsapi";
    public const string RefundPath = "/v3/refund/domestic/refunds";

    private readonly HttpClient http;

    private PayBench(SandboxServer sandbox, HandClock clock, MerchantApp app)
    {
        (Sandbox, Clock, App) = (sandbox, clock, app);
        http = new() { BaseAddress = sandbox.Address };
    }

    public SandboxServer Sandbox { get; }

    public SandboxPay Pay => Sandbox.Pay;

    public HandClock Clock { get; }

    /// <summary>What notifications reach.</summary>
    public MerchantApp App { get; }

    public static async Task<PayBench> Start()
    {
        var clock = new HandClock();
        var sandbox = new SandboxServer(MiniProgramApi.WeChatAt(port: 0), clock);
        await sandbox.StartAsync(CancellationToken.None);
        var app = await MerchantApp.Start();
        sandbox.Pay.NotifyTo = app.Address;
        return new(sandbox, clock, app);
    }

    /// <summary>A body that asks for a payment by alice.</summary>
    public Dictionary<string, object?> Wish(string outTradeNo, int totalFen = 1990) => new()
    {
        ["appid"] = MiniProgramApi.AppId,
        ["mchid"] = MerchantAccount.MchId,
        ["description"] = "测试商品-社区团购",
        ["out_trade_no"] = outTradeNo,
        ["notify_url"] = "https://shop.example.com/api/wechat/payments",
        ["amount"] = new { total = totalFen, currency = "CNY" },
        ["payer"] = new { openid = Sandbox.Shoppers.Named("alice").OpenId },
    };

    public Task<PayReply> Prepare(string outTradeNo, int totalFen = 1990) =>
        Post(Jsapi, JsonSerializer.Serialize(Wish(outTradeNo, totalFen)));

    /// <summary>Prepared and paid.</summary>
    public async Task<SandboxPayment> Sell(string outTradeNo, int totalFen = 1990)
    {
        Assert.Equal(HttpStatusCode.OK, (await Prepare(outTradeNo, totalFen)).Status);
        return Pay.Pay(outTradeNo);
    }

    public Task<PayReply> Query(string outTradeNo) =>
        Get($"/v3/pay/transactions/out-trade-no/{outTradeNo}?mchid={MerchantAccount.MchId}");

    public Task<PayReply> Close(string outTradeNo) => Post(
        $"/v3/pay/transactions/out-trade-no/{outTradeNo}/close", $$"""{"mchid":"{{MerchantAccount.MchId}}"}""");

    public Task<PayReply> Refund(string refundNo, string outTradeNo, int refundFen, int totalFen = 1990) => Post(
        RefundPath,
        JsonSerializer.Serialize(new
        {
            out_trade_no = outTradeNo,
            out_refund_no = refundNo,
            reason = "缺货",
            notify_url = "https://shop.example.com/api/wechat/refunds",
            amount = new { refund = refundFen, total = totalFen, currency = "CNY" },
        }));

    public Task<PayReply> Get(string target) => Send(HttpMethod.Get, target, "");

    public Task<PayReply> Post(string target, string body) => Send(HttpMethod.Post, target, body);

    /// <param name="change">Spoils the request once it is signed.</param>
    public async Task<PayReply> Send(
        HttpMethod method, string target, string body, Action<HttpRequestMessage>? change = null, string? serial = null)
    {
        using var request = new HttpRequestMessage(method, target);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "test");
        if (serial is not null)
            request.Headers.TryAddWithoutValidation("Wechatpay-Serial", serial);
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(method.Method, target, body));
        change?.Invoke(request);
        using var response = await http.SendAsync(request);
        return await PayReply.Read(response);
    }

    /// <param name="at">Unix seconds; the clock's by default.</param>
    public string Authorization(string method, string target, string body, long? at = null, string? mchId = null, string? serial = null)
    {
        var timestamp = (at ?? Clock.GetUtcNow().ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetHexString(32);
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(MerchantAccount.PrivateKey), out _);
        var message = $"{method}\n{target}\n{timestamp}\n{nonce}\n{body}\n";
        var signature = Convert.ToBase64String(
            key.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return $"WECHATPAY2-SHA256-RSA2048 mchid=\"{mchId ?? MerchantAccount.MchId}\",nonce_str=\"{nonce}\","
            + $"signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{serial ?? MerchantAccount.Serial}\"";
    }

    /// <summary>The platform's certificates, opened with the key that both sides know.</summary>
    public async Task<IReadOnlyDictionary<string, X509Certificate2>> Certificates()
    {
        var reply = await Get("/v3/certificates");
        return reply.Json.GetProperty("data").EnumerateArray().ToDictionary(
            each => each.GetProperty("serial_no").GetString()!,
            each => X509Certificate2.CreateFromPem(Opened(each.GetProperty("encrypt_certificate"))));
    }

    public static string Opened(JsonElement resource)
    {
        var cipher = resource.GetProperty("ciphertext").GetBytesFromBase64();
        var plain = new byte[cipher.Length - 16];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(MerchantAccount.ApiV3Key), 16);
        aes.Decrypt(
            Encoding.ASCII.GetBytes(resource.GetProperty("nonce").GetString()!),
            cipher.AsSpan(0, plain.Length),
            cipher.AsSpan(plain.Length),
            plain,
            Encoding.UTF8.GetBytes(resource.GetProperty("associated_data").GetString()!));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Whether the headers sign the body with that key.</summary>
    public static bool IsSigned(IReadOnlyDictionary<string, string> headers, string body, RSA key) => key.VerifyData(
        Encoding.UTF8.GetBytes($"{headers["Wechatpay-Timestamp"]}\n{headers["Wechatpay-Nonce"]}\n{body}\n"),
        Convert.FromBase64String(headers["Wechatpay-Signature"]),
        HashAlgorithmName.SHA256,
        RSASignaturePadding.Pkcs1);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Sandbox.StopAsync(CancellationToken.None);
        await Sandbox.DisposeAsync();
        await App.DisposeAsync();
    }
}

/// <summary>An answer of WeChat Pay as it came.</summary>
internal sealed record PayReply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>Of a failure.</summary>
    public string Code => Json.GetProperty("code").GetString()!;

    public static async Task<PayReply> Read(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Headers.ToDictionary(
            header => header.Key, header => header.Value.Single(), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());
}
