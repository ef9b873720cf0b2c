using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pond.FlashSales;
using Pond.LocalHost;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Queues;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Simulation;

/// <summary>The app, put together once. Each node is a cast of it, with services of its own.</summary>
/// <remarks>
/// What all share holds no state: the table of functions, the routes, the settings. Casting takes a millisecond, and
/// putting together thirty.
/// </remarks>
internal static class Mould
{
    private const int NoLimit = 1_000_000;

    private static readonly string[] ClientsOfWeChat =
    [
        WeChatPayRegistration.Calls, WeChatPayRegistration.Certificates, WeChatPayRegistration.Bills,
        nameof(WeChatCalls), nameof(MiniProgramCodes),
    ];

    private static readonly InProcessServer Server = new();
    private static readonly Lazy<(IServiceCollection Services, IOptions<JsonOptions> Json)> App = new(PutTogether);

    /// <summary>The services of one node.</summary>
    public static ServiceProvider Cast(World world, Machine machine)
    {
        var services = new ServiceCollection { App.Value.Services };
        services.RemoveAll<ILoggerFactory>().AddSingleton<ILoggerFactory>(
            new LoggerFactory([new ErrorLog(machine, world.HearError)]));
        services.AddTransient(typeof(ITypedHttpClientFactory<>), typeof(SharedFactory<>));
        services.AddSingleton(App.Value.Json); // it learns each type, which takes long, and else forgets it with the node
        services.AddSingleton(machine.Clock);
        services.AddSingleton<PartitionStore>(new SimulatedStore(world, machine));
        services.AddSingleton<MessageQueues>(new SimulatedQueues(world, machine));
        services.AddSingleton<Dice>(new DrawnDice(world)).AddSingleton<Ids>(new DrawnIds(world));
        services.AddSingleton(_ => new FlashSaleLimits(NoLimit, NoLimit)); // it reckons by real time
        foreach (var client in ClientsOfWeChat)
        {
            services.AddHttpClient(client)
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // else a timer of real time keeps each dead node
                .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan) // real time; the wire has its own
                .ConfigurePrimaryHttpMessageHandler(() => new WireToWeChat(world, machine));
        }

        return services.BuildServiceProvider();
    }

    /// <summary>The answer of the node whose services these are.</summary>
    public static async Task<Answer> Serve(IServiceProvider node, Request request)
    {
        await using var scope = node.CreateAsyncScope();
        return await Server.Send(request, new OfNode(scope.ServiceProvider));
    }

    private static (IServiceCollection Services, IOptions<JsonOptions> Json) PutTogether()
    {
        var builder = new LocalHostOptions
        {
            FunctionsAssembly = typeof(Composition).Assembly,
            Args = [.. World.Settings.Select(setting => $"--{setting.Key}={setting.Value}")],
            RunTriggers = false,
        }.CreateBuilder();
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.Services.AddPond(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<IServer>(Server);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.None);
        var host = builder.Build();
        host.StartAsync().GetAwaiter().GetResult();

        // The first request makes the table of routes, which the worlds of other threads must not have to wait for.
        Task.Run(() => Server.Send(new Request("GET", "/", [], []))).GetAwaiter().GetResult();
        return (builder.Services, host.Services.GetRequiredService<IOptions<JsonOptions>>());
    }

    /// <summary>As the framework's own, but that what it compiles is there for all nodes.</summary>
    private sealed class SharedFactory<T>(IServiceProvider services) : ITypedHttpClientFactory<T>
    {
        private static readonly ObjectFactory<T> New = ActivatorUtilities.CreateFactory<T>([typeof(HttpClient)]);

        public T CreateClient(HttpClient httpClient) => New(services, [httpClient]);
    }

    private sealed class OfNode(IServiceProvider services) : IServiceProvidersFeature
    {
        public IServiceProvider RequestServices { get; set; } = services;
    }

    private sealed class DrawnDice(World world) : Dice
    {
        public override int Roll(int below) => world.Noise.Below(below);
    }

    private sealed class DrawnIds(World world) : Ids
    {
        public override string Next() => string.Create(IdChars, world.Names, (id, chance) =>
        {
            for (var i = 0; i < id.Length; i++) id[i] = Alphabet[chance.Below(Alphabet.Length)];
        });

        public override string NextSecret() => System.Buffers.Text.Base64Url.EncodeToString(world.Names.Bytes(32));

        public override byte[] NextBytes(int count) => world.Names.Bytes(count);
    }
}
