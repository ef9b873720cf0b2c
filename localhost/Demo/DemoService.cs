using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Pond.LocalHost.Demo;

/// <summary>Plays the demo once, over HTTP, against the app that runs in this process.</summary>
public sealed class DemoService(
    LocalHostOptions options, IConfiguration configuration, IServer server, TimeProvider clock,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    private readonly TaskCompletionSource begin = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says that the app listens.</summary>
    public void Begin() => begin.SetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // ApplicationStopping comes before the web server goes: a demo that is cut short is no failure.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await begin.Task.WaitAsync(stop.Token);
        var app = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var sandbox = new Uri(Required("WeChat:ApiBase"));
        var display = Display.On(options.Output);
        using var client = new DemoClient(app, clock);
        var walk = new Walk(client, display, clock, stop.Token);

        var succeeded = await Play(walk, display, sandbox);
        if (!succeeded) Environment.ExitCode = 1; // for the end of the process, which serves on until then
        var report = new Report(display.Console);
        report.Steps(walk.Tallies);
        report.Hints(app, sandbox, succeeded);
    }

    private async Task<bool> Play(Walk walk, Display display, Uri sandbox)
    {
        var run = Run.Start(clock, sandbox, Required("Operators:BootstrapKey"));
        var opening = new Opening(walk, display, run);
        var guests = new Guests(walk, display, run, opening);
        var journey = new Journey(walk, display, run, opening);
        var counter = new Counter(walk, display, run, opening);
        var purchase = new Purchase(walk, display, run, opening, journey);
        var friends = new Friends(walk, display, run, opening, guests);
        var closing = new Closing(walk, display, run, opening, guests);
        try
        {
            await walk.Play(opening.Stage);
            await walk.Play(guests.Stage);
            await walk.Play(counter.Stage);
            await walk.Play(journey.Stage);
            await walk.Play(purchase.Stage);
            await walk.Play(friends.Stage);
            await walk.Play(journey.Farewell);
            await walk.Play(closing.Stage);
        }
        catch (DemoStoppedException stopped)
        {
            display.Failed(stopped.Answer);
            return false;
        }

        var report = new Report(display.Console);
        report.Members([.. closing.Members, journey.Shopper with { SpendablePoints = purchase.PointsLeft }]);
        report.Stock(closing.Stock);
        return true;
    }

    private string Required(string key) => configuration[key] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The demo needs the setting {key}.");
}
