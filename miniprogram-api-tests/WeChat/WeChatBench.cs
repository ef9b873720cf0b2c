using System.Net;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform;
using Pond.Platform.WeChat;

namespace Pond.Tests.WeChat;

/// <summary>The sandbox on a free port, the app's client wired to it as in production, and a clock for both.</summary>
internal sealed class WeChatBench : IAsyncDisposable
{
    public const string AppId = "wx00000000000000aa";
    public const string AppSecret = "5ec2e7000000000000000000000000cc";

    /// <summary>The client's own time-out would let a busy build machine fail a test.</summary>
    private static readonly TimeSpan SlowMachine = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider services;

    private WeChatBench(SandboxServer sandbox, ImpatientClock clock, string secret, Action<IHttpClientBuilder> change)
    {
        Sandbox = sandbox;
        Clock = clock;
        Raw = new() { BaseAddress = sandbox.Address };
        var options = new WeChatOptions { AppId = AppId, AppSecret = secret, ApiBase = sandbox.Address.ToString() };
        var wired = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<Dice>()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddWeChat(options);
        change(wired.AddHttpClient(nameof(WeChatCalls)).ConfigureHttpClient(http => http.Timeout = SlowMachine));
        services = wired.BuildServiceProvider();
    }

    public SandboxServer Sandbox { get; }

    public ImpatientClock Clock { get; }

    /// <summary>Speaks to the sandbox without the app's client between.</summary>
    public HttpClient Raw { get; }

    public CapturedLog Log { get; } = new();

    public WeChatApi Api => services.GetRequiredService<WeChatApi>();

    public AccessTokens Tokens => services.GetRequiredService<AccessTokens>();

    public static async Task<WeChatBench> Start(
        string secret = AppSecret, Action<IHttpClientBuilder>? change = null)
    {
        var clock = new ImpatientClock();
        var sandbox = new SandboxServer(new(AppId, AppSecret, Port: 0), clock);
        await sandbox.StartAsync(CancellationToken.None);
        return new(sandbox, clock, secret, change ?? (_ => { }));
    }

    public Task<LoginOutcome> Login(string code) => Api.ExchangeCode(code, CancellationToken.None);

    /// <summary>A new code of that shopper, exchanged at once.</summary>
    public Task<LoginOutcome> LoginAs(string shopper) => Login(Sandbox.Codes.Issue(shopper));

    public void LoginWillMeet(FailureKind kind, int times = 1, int errCode = -1, int status = 500) =>
        Sandbox.Failures.Add(new("/sns/jscode2session", kind, times, errCode, status));

    public async Task<JsonElement> RawGet(string address) =>
        JsonSerializer.Deserialize<JsonElement>(await Raw.GetStringAsync(address));

    public Task<JsonElement> RawStableToken(bool force = false) => RawJson(
        HttpMethod.Post,
        "/cgi-bin/stable_token",
        JsonSerializer.Serialize(
            new { grant_type = "client_credential", appid = AppId, secret = AppSecret, force_refresh = force }));

    public async Task<JsonElement> RawJson(HttpMethod method, string address, string body)
    {
        using var response = await RawSend(method, address, body);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpStatusCode> RawStatus(HttpMethod method, string address, string body)
    {
        using var response = await RawSend(method, address, body);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Raw.Dispose();
        await services.DisposeAsync();
        await Sandbox.StopAsync(CancellationToken.None);
        await Sandbox.DisposeAsync();
    }

    private async Task<HttpResponseMessage> RawSend(HttpMethod method, string address, string body)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json);
        return await Raw.SendAsync(request);
    }
}
