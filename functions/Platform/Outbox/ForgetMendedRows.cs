using Microsoft.Azure.Functions.Worker;

namespace Pond.Platform.Outbox;

/// <summary>Every ten minutes: forgets the stuck rows whose effect has come after all.</summary>
public sealed class ForgetMendedRows(StuckRows stuck)
{
    [Function(nameof(ForgetMendedRows))]
    public Task Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancel) =>
        stuck.ForgetDone(cancel);
}
