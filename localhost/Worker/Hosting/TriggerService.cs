using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pond.LocalHost;

/// <summary>Keeps queues and timers going while the host runs.</summary>
/// <remarks>A stop takes nothing new, then waits for what runs, as long as the host's shutdown may last.</remarks>
internal sealed class TriggerService(
    FunctionCatalog catalog, QueuePump pump, TimerRunner timers, QueueSettings settings, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<QueueListener> log) : BackgroundService
{
    private readonly CancellationTokenSource abandon = new();

    private readonly IReadOnlyList<QueueListener> listeners =
        [.. pump.Queues.Select(queue => new QueueListener(queue, pump, settings, clock, log))];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var waitedLongEnough = cancellationToken.Register(abandon.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        abandon.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // ApplicationStopping comes before the web server has drained: from then on no message is taken.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var listening = listeners.Select(listener => listener.Run(stop.Token, abandon.Token));
        var ticking = catalog.All.Where(function => function.Trigger is FunctionTrigger.OnSchedule)
            .Select(function => timers.Run(function, stop.Token, abandon.Token));
        await Task.WhenAll([.. listening, .. ticking]);
    }
}
