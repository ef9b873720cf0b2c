using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A WeChat on the loopback address: the open API, levers for tests, a page for people.</summary>
public sealed class SandboxServer : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;

    /// <param name="wires">In place of a network; null for the real one.</param>
    public SandboxServer(SandboxOptions options, TimeProvider clock, SandboxWires? wires = null)
    {
        Options = options;
        Shoppers = new(options);
        Codes = new(options, Shoppers, clock);
        PhoneCodes = new(Shoppers, clock);
        Tokens = new(clock);
        Pay = new(options, Shoppers, clock, wires?.Notifications);
        Subscriptions = new(clock);
        Events = new(options, clock, wires?.Notifications);
        app = Build(options.Port, wires?.Server);
        app.Use(new FailingCalls(Failures, clock, app.Lifetime).Run);
        MapEndpoints(clock);
    }

    public SandboxOptions Options { get; }

    public Shoppers Shoppers { get; }

    public LoginCodes Codes { get; }

    public PhoneCodes PhoneCodes { get; }

    public SandboxTokens Tokens { get; }

    public SandboxPay Pay { get; }

    /// <summary>What WeChat was told of goods sent.</summary>
    public ShippingBook Shippings { get; } = new();

    /// <summary>What shoppers have agreed to be sent, and what they were sent.</summary>
    public SubscriptionBook Subscriptions { get; }

    /// <summary>Tells the app what shoppers answer.</summary>
    public EventPushes Events { get; }

    /// <summary>Where the app is that hears of events: where notifications really go, or where it said.</summary>
    public Uri? EventsTo => Pay.NotifyTo ?? (Options.EventsTo is { } app ? new Uri(app) : null);

    /// <summary>Where mini-program codes can lead, and which were drawn.</summary>
    public ReleasedPages Pages { get; } = new();

    public FailureScript Failures { get; } = new();

    /// <summary>Where it listens, such as <c>http://localhost:7072</c>. Known once it has started.</summary>
    public Uri Address => new(app.Urls.Single());

    public Task StartAsync(CancellationToken cancellationToken) => app.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Pay.Dispose();
        Events.Dispose();
    }

    /// <summary>Forgets everything that happened since the start.</summary>
    public void Reset()
    {
        Failures.Clear();
        Codes.Reset();
        PhoneCodes.Reset();
        Tokens.Reset();
        Pay.Reset();
        Shippings.Reset();
        Subscriptions.Reset();
        Pages.Reset();
        Shoppers.Reset();
    }

    /// <summary>An empty builder reads neither environment nor files: the app's settings do not leak in.</summary>
    private static WebApplication Build(int port, IServer? server)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, port));
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();
        if (server is not null) builder.Services.AddSingleton(server);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        return builder.Build();
    }

    /// <summary>On both loopback addresses, since "localhost" may mean either; a free port is had on one.</summary>
    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        if (port == 0)
            kestrel.Listen(IPAddress.Loopback, port);
        else
            kestrel.ListenLocalhost(port);
    }

    private void MapEndpoints(TimeProvider clock)
    {
        var tokens = new TokenEndpoints(Options, Tokens);
        app.MapGet(CodeExchange.Path, new CodeExchange(Options, Codes).Answer);
        app.MapGet(TokenEndpoints.ClassicPath, tokens.AnswerClassic);
        app.Map(TokenEndpoints.StablePath, tokens.AnswerStable);
        app.Map(PhoneExchange.Path, new PhoneExchange(Options, PhoneCodes, Tokens, clock).Answer);
        app.Map(ShippingUpload.Path, new ShippingUpload(Options, Tokens, Pay.PaymentBook, Shippings).Answer);
        app.Map(SubscribeSend.Path, new SubscribeSend(Shoppers, Tokens, Subscriptions).Answer);
        app.Map(CodeDrawing.Path, new CodeDrawing(Tokens, Pages).Answer);
        new PayEndpoints(Options, Shoppers, Pay, clock).Map(app);
        app.MapGet("/", () => Results.Stream(Page("sandbox.html"), "text/html; charset=utf-8"));
        app.MapGet("/messages", () => Results.Stream(Page("messages.html"), "text/html; charset=utf-8"));
        new ControlEndpoints(this).Map(app);
        new PayControl(this).Map(app);
        new MessageControl(this).Map(app);
    }

    private static Stream Page(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"WeChatSandbox.{name}")
        ?? throw new InvalidOperationException("The page is not in the assembly.");
}

/// <summary>What carries requests to the sandbox, and notifications from it, where there is no network.</summary>
public sealed record SandboxWires(IServer Server, HttpMessageHandler Notifications);
