using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>BRG-04, D04: every minute, writes down which attempts are over. The clock has decided before.</summary>
public sealed class ExpireAttempts(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(ExpireAttempts))]
    public Task Run([TimerTrigger("25 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(AttemptRows.DeadlineDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var attempt = await store.Find<Attempt>(partition, AttemptRows.Head, cancel);
        if (attempt is not { IsWaiting: true }) return new DueVisit(0, NextAt: null);
        if (attempt.Deadline > clock.GetUtcNow()) return new DueVisit(0, attempt.Deadline);

        var decision = await transactor.Run(
            AttemptRows.Alone(attempt.Id),
            new Operation(nameof(ExpireAttempts), attempt.Id, Fingerprint: null),
            AttemptRules.Expire,
            cancel);
        return new DueVisit(decision.Facts.Count, NextAt: null);
    }
}
