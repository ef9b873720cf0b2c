using Microsoft.Extensions.Hosting;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Sends notifications as they fall due, where nobody does so by hand.</summary>
public sealed class NotificationLoop(SandboxServer sandbox, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await sandbox.Pay.SendDue(stoppingToken);
    }
}
