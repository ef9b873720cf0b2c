using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Touches;

/// <summary>TCH-05: keeps what a member is to be told, once for each occasion and id.</summary>
public sealed class TouchOnTouchPlanned(Inbox inbox, Survivors survivors)
{
    [Function(nameof(TouchOnTouchPlanned))]
    public Task Run(
        [QueueTrigger(TouchMessages.PlanQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TouchPlannedV1>(nameof(TouchOnTouchPlanned), TouchMessages.PlanQueue, message, Plan, cancel);

    private async Task<Refusal?> Plan(TouchPlannedV1 planned, Operation operation, CancellationToken cancel)
    {
        var key = Touch.KeyOf(planned.Occasion, planned.OccasionId);
        var decision = await survivors.Run(
            planned.MemberId,
            memberId => TouchRows.Waiting(memberId, key),
            operation,
            (desk, now) => PlanRules.Plan(desk, planned, now),
            cancel);
        return decision.Refusal;
    }
}
