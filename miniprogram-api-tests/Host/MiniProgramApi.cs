using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pond.LocalHost;
using Pond.LocalHost.WeChatSandbox;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tests;

/// <summary>
/// The whole app on a free port, over HTTP as the mini-program sees it, with a WeChat sandbox and a clock moved by
/// hand.
/// </summary>
/// <remarks>Queues and timers move only when a test says so: <see cref="Deliver"/> and <see cref="Fire"/>.</remarks>
public sealed class MiniProgramApi : IAsyncDisposable
{
    public const string AppId = "wx00000000000000aa";
    public const string AppSecret = "5ec2e7000000000000000000000000cc";
    public const string BootstrapKey = "pond_bootstrap_key_for_tests_0123456789";

    public const string PushToken = "tokenOfTests";
    public const string PushAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    /// <summary>WeChat's five seconds for a notification would let a busy build machine fail a test.</summary>
    private static readonly TimeSpan SlowMachine = TimeSpan.FromMinutes(1);

    private readonly IHost host;
    private readonly SandboxServer sandbox;
    private readonly string dataPath;
    private readonly bool ownsData;
    private readonly bool ownsWeChat;
    private (string Key, DateTimeOffset Since)? owner;

    private MiniProgramApi(
        IHost host, SandboxServer sandbox, HandClock clock, string dataPath, bool ownsData, bool ownsWeChat)
    {
        (this.host, this.sandbox, this.dataPath) = (host, sandbox, dataPath);
        (this.ownsData, this.ownsWeChat) = (ownsData, ownsWeChat);
        Clock = clock;
        Http = new HttpClient { BaseAddress = Address };
    }

    public HandClock Clock { get; }

    /// <summary>A client without any credential.</summary>
    public HttpClient Http { get; private set; }

    public SandboxServer Sandbox => sandbox;

    public IServiceProvider Services => host.Services;

    /// <summary>The store below any that a test has put over it.</summary>
    public PartitionStore Store => Services.GetRequiredService<PartitionStore>();

    public Uri Address => new(host.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts the app.</summary>
    /// <param name="settings">Settings beside the usual ones of tests, such as <c>Points:CheckInPoints</c>.</param>
    /// <param name="change">Replaces services, such as the store by one that fails.</param>
    /// <param name="dataPath">Where the data lies; a folder of its own that is deleted at the end when null.</param>
    /// <param name="runTriggers">Whether queues and timers run by themselves.</param>
    /// <param name="weChat">One that outlives the app, with its clock; one of the app's own when null.</param>
    public static async Task<MiniProgramApi> Start(
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? change = null,
        string? dataPath = null,
        bool runTriggers = false,
        (SandboxServer Sandbox, HandClock Clock)? weChat = null)
    {
        var (sandbox, clock) = weChat ?? await StartWeChat();
        var folder = dataPath ?? Directory.CreateTempSubdirectory("pond-test-").FullName;
        var builder = new LocalHostOptions
        {
            FunctionsAssembly = typeof(Composition).Assembly,
            Args = ["--port", "0", .. Settings(sandbox.Address, folder, settings).Select(setting => $"--{setting.Key}={setting.Value}")],
            RunTriggers = runTriggers,
        }.CreateBuilder();
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.Services.AddPond(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        change?.Invoke(builder.Services);

        var host = builder.Build();
        await host.StartAsync();
        var api = new MiniProgramApi(
            host, sandbox, clock, folder, ownsData: dataPath is null, ownsWeChat: weChat is null);
        sandbox.Pay.NotifyTo = api.Address;
        return api;
    }

    /// <summary>A WeChat on a free port, and the clock that moves it.</summary>
    internal static async Task<(SandboxServer Sandbox, HandClock Clock)> StartWeChat()
    {
        var clock = new HandClock();
        var sandbox = new SandboxServer(WeChatAt(port: 0), clock);
        sandbox.Pay.AnswerTimeMax = SlowMachine;
        await sandbox.StartAsync(CancellationToken.None);
        return (sandbox, clock);
    }

    /// <summary>The WeChat that knows this app and its merchant.</summary>
    internal static SandboxOptions WeChatAt(int port) => new(
        AppId, AppSecret, port, MerchantAccount.AtWeChat, new SandboxPush(PushToken, PushAesKey));

    /// <summary>From here on whoever calls asks again for as long as the app says that it cannot answer now.</summary>
    internal void BePatient() => Http = new HttpClient(new Patience()) { BaseAddress = Address };

    /// <summary>A shopper who logs in by a code of the sandbox.</summary>
    public async Task<Phone> LogIn(string shopper)
    {
        var answer = await Http.PostAsJsonAsync("/api/session", new { code = sandbox.Codes.Issue(shopper) });
        var session = await answer.Json();
        return new Phone(this, session.Text("memberId"), session.Text("accessToken"), session.Text("refreshToken"));
    }

    /// <summary>Somebody who works for the brand, by their key; an owner when none is given.</summary>
    public Phone Operator(string? key = null) => new(this, "", key ?? OwnerKey(), "");

    /// <summary>Delivers messages until none is left that is visible now.</summary>
    /// <returns>How many were delivered.</returns>
    public async Task<int> Deliver()
    {
        var pump = Services.GetRequiredService<QueuePump>();
        var total = 0;
        for (int delivered; (delivered = await pump.RunOnce(CancellationToken.None)) > 0;) total += delivered;
        return total;
    }

    /// <summary>Lets a timer function run once.</summary>
    public Task Fire(string timer) => Services.GetRequiredService<TimerRunner>().RunOnce(timer);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        if (ownsWeChat)
        {
            await sandbox.StopAsync(CancellationToken.None);
            await sandbox.DisposeAsync();
        }

        if (ownsData) Directory.Delete(dataPath, recursive: true);
    }

    // Made once it is needed, and anew when a test has moved the clock past the end of the last one.
    private string OwnerKey()
    {
        if (owner is not { } known || Clock.GetUtcNow() - known.Since >= OperatorRules.KeyLifetime)
            owner = known = (CreateOwner().GetAwaiter().GetResult(), Clock.GetUtcNow());
        return known.Key;
    }

    private async Task<string> CreateOwner()
    {
        var answer = await Operator(BootstrapKey).Post("/api/operator/operators", new { name = "店长", roles = new[] { "owner" } });
        return (await answer.Json()).Text("key");
    }

    /// <summary>What the app runs with in tests.</summary>
    internal static Dictionary<string, string> Settings(
        Uri weChat, string folder, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["Pond:DataPath"] = folder,
            ["WeChat:AppId"] = AppId,
            ["WeChat:AppSecret"] = AppSecret,
            ["WeChat:ApiBase"] = weChat.ToString(),
            ["WeChat:PushToken"] = PushToken,
            ["WeChat:PushAesKey"] = PushAesKey,
            ["WeChatPay:MchId"] = MerchantAccount.MchId,
            ["WeChatPay:MerchantSerial"] = MerchantAccount.Serial,
            ["WeChatPay:PrivateKey"] = MerchantAccount.PrivateKey,
            ["WeChatPay:ApiV3Key"] = MerchantAccount.ApiV3Key,
            ["WeChatPay:ApiBase"] = weChat.ToString(),
            ["WeChatPay:NotifyBase"] = "http://localhost:1", // the sandbox is told where the app really is
            ["Session:SigningKeys:0:Id"] = "test",
            ["Session:SigningKeys:0:Secret"] = Convert.ToBase64String(new byte[32]),
            ["Session:LoginsPerAddressPerMinute"] = "100000",
            ["Session:LoginsPerUserPerMinute"] = "1000",
            ["CouponCodes:AttemptsPerAddressPerMinute"] = "100000",
            ["CouponCodes:AttemptsPerMemberPerMinute"] = "1000",
            ["PersonalData:MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["PersonalData:IndexKey"] = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]),
            ["Operators:BootstrapKey"] = BootstrapKey,
        };
        foreach (var (key, value) in more ?? new Dictionary<string, string>()) settings[key] = value;
        return settings;
    }
}
