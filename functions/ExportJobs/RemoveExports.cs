using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.ExportJobs;

/// <summary>ADM-06: every hour, removes tables whose time is over.</summary>
public sealed class RemoveExports(
    DueSweep sweep, Transactor transactor, PartitionStore store, Ids ids, TimeProvider clock)
{
    [Function(nameof(RemoveExports))]
    public Task Run([TimerTrigger("0 35 * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(ExportRows.EndsDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var exportId = ExportRows.ExportIn(partition);
        if (await ExportRows.Find(store, exportId, cancel) is not { } job) return new DueVisit(0, NextAt: null);
        if (clock.GetUtcNow() < job.EndsAt) return new DueVisit(0, job.EndsAt);

        var numbers = await ExportRows.FirstParts(store, exportId, ExportRules.RemovedPerStep, cancel);
        var decision = await transactor.Run(
            ExportRows.Of(exportId, numbers),
            new Operation(nameof(RemoveExports), ids.Next(), Fingerprint: null), // the state tells what is done
            ExportRules.Remove,
            cancel);
        var isOver = decision.Facts is [ExportEvent.Removed { IsLast: true }];
        return new DueVisit(decision.Facts.Count, isOver ? null : clock.GetUtcNow());
    }
}
