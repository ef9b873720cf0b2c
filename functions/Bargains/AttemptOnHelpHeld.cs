using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>
/// BRG-03: makes the cut that a right is held for, or refuses it for good. For whoever helps, and who follows.
/// </summary>
public sealed class AttemptOnHelpHeld(
    Inbox inbox, Transactor transactor, PartitionStore store, LiveActivities activities, TimeProvider clock)
{
    [Function(nameof(AttemptOnHelpHeld))]
    public Task Run(
        [QueueTrigger(BargainMessages.HelpsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<HelpHeldV1>(
            nameof(AttemptOnHelpHeld), BargainMessages.HelpsQueue, message, FollowUp, cancel);

    /// <summary>The same right again has the same outcome.</summary>
    /// <param name="closed">Why nothing goes on in the whole bargain, or null.</param>
    public Task<Decision<AttemptEvent>> Cut(HelpHeldV1 held, Refusal? closed, CancellationToken cancel) =>
        transactor.Run(
            AttemptRows.Helping(held.AttemptId, held.Accounts),
            new Operation(nameof(AttemptOnHelpHeld), held.HoldId, Fingerprint: null),
            (desk, now) => AttemptRules.Help(desk, held, closed, now),
            cancel);

    private async Task<Refusal?> FollowUp(HelpHeldV1 held, Operation operation, CancellationToken cancel)
    {
        var attempt = await AttemptRows.Find(store, held.AttemptId, cancel);
        var activity = attempt is null
            ? null
            : await activities.Find(ActivityKind.Bargain, attempt.ActivityId, cancel);
        var closed = activity is null ? ActivityRefusals.Missing : activity.WhyNot(clock.GetUtcNow());
        return (await Cut(held, closed, cancel)).Refusal;
    }
}
