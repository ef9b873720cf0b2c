using Microsoft.Azure.Functions.Worker;

namespace Pond.Platform.Outbox;

/// <summary>Every half minute: sends again what commits left behind and no queue delivered.</summary>
public sealed class SweepOutbox(OutboxSweep sweep)
{
    [Function(nameof(SweepOutbox))]
    public Task Run([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancel) => sweep.Run(cancel);
}
