using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>
/// BRG-04, D04: every minute, writes down which attempts are over, which the clock has decided before; and TCH-06,
/// tells the owners of those that are nearly.
/// </summary>
public sealed class ExpireAttempts(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(ExpireAttempts))]
    public Task Run([TimerTrigger("25 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(AttemptRows.DeadlineDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var attempt = await store.Find<Attempt>(partition, AttemptRows.Head, cancel);
        if (attempt is not { IsWaiting: true }) return new DueVisit(0, NextAt: null);
        if (AttemptEndingRules.NextLook(attempt) is var look && look > clock.GetUtcNow()) return new DueVisit(0, look);
        return attempt.Deadline > clock.GetUtcNow()
            ? new DueVisit(await Run(attempt, $"{attempt.Id}.soon", AttemptEndingRules.Tell, cancel), attempt.Deadline)
            : new DueVisit(await Run(attempt, attempt.Id, AttemptRules.Expire, cancel), NextAt: null);
    }

    private async Task<int> Run(
        Attempt attempt,
        string key,
        Func<AttemptDesk, DateTimeOffset, Decision<AttemptEvent>> decide,
        CancellationToken cancel)
    {
        var decision = await transactor.Run(
            AttemptRows.Alone(attempt.Id),
            new Operation(nameof(ExpireAttempts), key, Fingerprint: null),
            decide,
            cancel);
        return decision.Facts.Count;
    }
}
