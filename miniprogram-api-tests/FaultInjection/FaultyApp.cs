using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// The app over a store, queues and a line to WeChat Pay that go wrong as told, started anew after each crash.
/// </summary>
internal sealed class FaultyApp : IAsyncDisposable
{
    private const int ResendsMax = 5;
    private const int RestartsMax = 5;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pond-faults-");
    private readonly (SandboxServer Sandbox, HandClock Clock) weChat;

    private FaultyApp((SandboxServer Sandbox, HandClock Clock) weChat) => this.weChat = weChat;

    public Faults Faults { get; } = new();

    /// <summary>The process that runs now.</summary>
    public MiniProgramApi Api { get; private set; } = null!;

    public FaultyQueues Queues => Api.Services.GetRequiredService<FaultyQueues>();

    public static async Task<FaultyApp> Start()
    {
        var app = new FaultyApp(await MiniProgramApi.StartWeChat());
        await app.StartProcess();
        return app;
    }

    /// <summary>One more process on the same data, without faults.</summary>
    public Task<MiniProgramApi> StartNeighbour() =>
        MiniProgramApi.Start(change: UseQuickDice, dataPath: folder.FullName);

    /// <summary>Sends again with the same key until it is answered, as a phone does.</summary>
    public async Task<HttpResponseMessage> Answered(Func<MiniProgramApi, Task<HttpResponseMessage>> send)
    {
        for (var sends = 0; sends <= ResendsMax; sends++)
        {
            var answer = await send(Api);
            if (Faults.Crashed)
            {
                await Restart(); // the phone got no answer, whatever the dying process made of it
                continue;
            }

            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return answer;
        }

        throw new InvalidOperationException($"No answer to {ResendsMax} resends.");
    }

    /// <summary>Delivers what is visible, as a host does: a failure of the queue is tried again.</summary>
    public Task Deliver() => Persist(() => Api.Deliver());

    /// <summary>WeChat sends the notifications that are due; one that finds no process comes again later.</summary>
    public Task WeChatTells() => Persist(() => Api.Sandbox.Pay.SendDue(CancellationToken.None));

    /// <summary>A timer runs, and again after a failure.</summary>
    public Task Fire(string timer) => Persist(() => Api.Fire(timer));

    /// <summary>Some time later the sweep runs, and again after a failure.</summary>
    public async Task Sweep()
    {
        Api.Clock.Advance(Settling.BetweenSweeps);
        await Persist(() => Api.Fire(nameof(SweepOutbox)));
    }

    /// <summary>Lets time pass, without faults, until everything is done that was begun.</summary>
    public async Task Settle()
    {
        Faults.Disarm();
        await Api.Services.GetRequiredService<FaultyStore>().LandLate();
        await Api.Settle();
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await weChat.Sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task Persist(Func<Task> work)
    {
        for (var restarts = 0; restarts <= RestartsMax; restarts++)
        {
            try
            {
                await work();
                if (!Faults.Crashed) return;
            }
            catch (Exception fault) when (
                fault is CrashException or QueueUnavailableException or StoreUnavailableException)
            {
                // the host logs it and comes again
            }

            if (Faults.Crashed) await Restart();
        }

        throw new InvalidOperationException("One fault makes the work fail again and again.");
    }

    private async Task Restart()
    {
        await Api.DisposeAsync();
        Faults.Revive();
        await StartProcess();
    }

    // WeChat goes on while a process of the app dies and another one begins.
    private async Task StartProcess() =>
        Api = await MiniProgramApi.Start(change: PutFaults, dataPath: folder.FullName, weChat: weChat);

    private void PutFaults(IServiceCollection services)
    {
        UseQuickDice(services);
        services.AddSingleton(all => new FaultyStore(
            new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()), Faults));
        services.AddSingleton<PartitionStore>(all => all.GetRequiredService<FaultyStore>());
        services.AddSingleton(all => new FaultyQueues(all.GetRequiredService<SqliteQueues>(), Faults));
        services.AddSingleton<MessageQueues>(all => all.GetRequiredService<FaultyQueues>());
        services.AddHttpClient(WeChatPayRegistration.Calls).AddHttpMessageHandler(() => new FaultyCalls(Faults));
    }

    private static void UseQuickDice(IServiceCollection services) => services.AddSingleton<Dice>(new LowDice());
}
