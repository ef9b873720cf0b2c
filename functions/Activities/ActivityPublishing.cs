using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Products;

namespace Pond.Activities;

/// <summary>ACT-03: gives an activity that is being published its stock. For who publishes, and who follows.</summary>
public sealed class ActivityPublishing(Transactor transactor, PartitionStore store, StockAllotments allotments)
{
    /// <summary>Published, or a draft again and why; done twice, it comes to the same.</summary>
    public async Task<Refusal?> CarryOut(ActivityPublishingV1 publishing, CancellationToken cancel)
    {
        var (id, version) = publishing;
        if (await ActivityRows.Find(store, id, cancel) is not { } activity) return ActivityRefusals.Missing;
        if (activity.State is not ActivityState.Publishing || activity.Version != version) return null;

        var whyNot = await allotments.Open($"{id}.{version}", activity.Wants!, activity.Allotments(), cancel);
        await transactor.Run(
            ActivityRows.Board(id),
            new Operation(nameof(ActivityPublishing), $"{id} {version}", Fingerprint: null),
            (board, now) => ActivityRules.SettlePublishing(board, version, whyNot is null, now),
            cancel);
        return whyNot;
    }
}

/// <summary>ACT-03: goes on with a publication whose caller did not get to its end.</summary>
public sealed class ActivityOnPublishing(Inbox inbox, ActivityPublishing publishing)
{
    [Function(nameof(ActivityOnPublishing))]
    public Task Run(
        [QueueTrigger(ActivityMessages.PublishingQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ActivityPublishingV1>(
            nameof(ActivityOnPublishing), ActivityMessages.PublishingQueue, message,
            (wanted, _, stop) => publishing.CarryOut(wanted, stop), cancel);
}
