using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.Platform;
using Pond.Platform.WeChat;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.WeChat.Pay;

/// <summary>The app's client of WeChat Pay wired as in production, and a WeChat Pay that says what the test wants.</summary>
internal sealed class PayBench : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public PayBench(WeChatPayOptions? options = null, PayServer? server = null, Ids? ids = null)
    {
        Clock.Advance(PayVectors.Moment - Clock.GetUtcNow());
        Server = server ?? new PayServer(Clock, PayVectors.Platform(PayVectors.PublicKeyId));
        Server.Clock = Clock;
        var wired = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<Dice>()
            .AddSingleton(ids ?? new Ids())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(new WeChatOptions { AppId = PayVectors.AppId })
            .AddWeChatPay(options ?? PayVectors.Options(hasPublicKey: true));
        foreach (var name in (string[])[WeChatPayRegistration.Calls, WeChatPayRegistration.Certificates, WeChatPayRegistration.Bills])
            wired.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => new Handler(Server));
        services = wired.BuildServiceProvider();
    }

    public ImpatientClock Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public PayServer Server { get; }

    public WeChatPay Pay => services.GetRequiredService<WeChatPay>();

    public PayNotifications Notifications => services.GetRequiredService<PayNotifications>();

    public PaySigner Signer => services.GetRequiredService<PaySigner>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>Many clients may share a server: a client that ends takes no part of it along.</summary>
    private sealed class Handler(PayServer server) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => server.Answer(request);
    }
}

/// <summary>A request as it went out.</summary>
internal sealed record PayCall(HttpMethod Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>A WeChat Pay of the tests: what it answers, and how it signs that.</summary>
internal sealed class PayServer(TimeProvider clock, PayPlatform platform)
{
    private readonly ConcurrentQueue<Func<PayCall, HttpResponseMessage>> answers = new();

    public TimeProvider Clock { get; set; } = clock;

    /// <summary>With whose key it signs; change it to another to see it change over.</summary>
    public PayPlatform Platform { get; set; } = platform;

    public ConcurrentQueue<PayCall> Calls { get; } = new();

    /// <summary>What it answers when no answer was ordered; 404 at first.</summary>
    public Func<PayCall, HttpResponseMessage> Otherwise { get; set; } = _ => Error(404, "RESOURCE_NOT_EXISTS");

    /// <summary>The certificates to be had, and the answer's signer.</summary>
    public Func<HttpResponseMessage> Certificates { get; set; } = () => Error(404, "RESOURCE_NOT_EXISTS");

    public IEnumerable<PayCall> CertificateCalls => Calls.Where(call => call.Path == "/v3/certificates");

    /// <summary>The calls for anything but certificates.</summary>
    public IReadOnlyList<PayCall> Wishes => [.. Calls.Where(call => call.Path != "/v3/certificates")];

    /// <summary>Orders the next answer.</summary>
    public void Next(Func<PayCall, HttpResponseMessage> answer) => answers.Enqueue(answer);

    public void Next(int status, string json) => Next(_ => Signed(status, json));

    public void NextError(int status, string code, string requestId = "08F5C4A1") =>
        Next(_ => Error(status, code, requestId));

    public async Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(each => each.Key, each => string.Join(", ", each.Value));
        if (request.Content?.Headers.ContentLength is { } length) headers["Content-Length"] = $"{length}";
        var call = new PayCall(request.Method, request.RequestUri!.PathAndQuery, body, headers);
        Calls.Enqueue(call);
        if (call.Path == "/v3/certificates") return Certificates();
        return answers.TryDequeue(out var answer) ? answer(call) : Otherwise(call);
    }

    /// <summary>Signed as WeChat signs, now.</summary>
    public HttpResponseMessage Signed(int status, string json) => Signed(status, Encoding.UTF8.GetBytes(json));

    public HttpResponseMessage Signed(int status, byte[] body, PayPlatform? by = null) =>
        Sealed(status, body, (by ?? Platform).Sign(body, Clock.GetUtcNow()));

    public static HttpResponseMessage Sealed(int status, byte[] body, PayNotification signature)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        response.Headers.TryAddWithoutValidation("Wechatpay-Timestamp", signature.Timestamp);
        response.Headers.TryAddWithoutValidation("Wechatpay-Nonce", signature.Nonce);
        response.Headers.TryAddWithoutValidation("Wechatpay-Signature", signature.Signature);
        response.Headers.TryAddWithoutValidation("Wechatpay-Serial", signature.Serial);
        response.Headers.TryAddWithoutValidation("Request-ID", "08F5C4A1-0");
        return response;
    }

    /// <summary>As WeChat says no; nobody verifies that.</summary>
    public static HttpResponseMessage Error(int status, string code, string requestId = "08F5C4A1")
    {
        var json = new JsonObject { ["code"] = code, ["message"] = "见错误码" }.ToJsonString();
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json) };
        response.Headers.TryAddWithoutValidation("Request-ID", requestId);
        return response;
    }
}

/// <summary>Ids that are always those of the vectors.</summary>
internal sealed class VectorNonce : Ids
{
    public override byte[] NextBytes(int count) => Convert.FromHexString("593BEC0C930BF1AFEB40B4A08C8FB242");
}
