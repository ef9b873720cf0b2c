using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.ExportJobs;

/// <summary>ADM-06: writes the next part of a table; each step asks for the next.</summary>
public sealed class ExportOnExportGoesOn(
    Inbox inbox, Transactor transactor, PartitionStore store, IEnumerable<IExportSource> sources)
{
    [Function(nameof(ExportOnExportGoesOn))]
    public Task Run(
        [QueueTrigger(ExportMessages.ExportQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ExportGoesOnV1>(
            nameof(ExportOnExportGoesOn), ExportMessages.ExportQueue, message, GoOn, cancel);

    private async Task<Refusal?> GoOn(ExportGoesOnV1 next, Operation operation, CancellationToken cancel)
    {
        if (await ExportRows.Find(store, next.ExportId, cancel) is not { State: ExportState.Running } job) return null;

        var page = await sources.Single(source => source.Kind == job.Kind).Read(job.Next, cancel);
        var decision = await transactor.Run(
            ExportRows.Of(job.Id, job.PartCount),
            operation,
            (desk, now) => ExportRules.Write(desk, job.PartCount, page, now),
            cancel);
        return decision.Refusal;
    }
}
