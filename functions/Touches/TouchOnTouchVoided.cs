using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Touches;

/// <summary>TCH-05: what was planned is of no use any more.</summary>
public sealed class TouchOnTouchVoided(Inbox inbox, Survivors survivors)
{
    [Function(nameof(TouchOnTouchVoided))]
    public Task Run(
        [QueueTrigger(TouchMessages.VoidQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TouchVoidedV1>(nameof(TouchOnTouchVoided), TouchMessages.VoidQueue, message, Void, cancel);

    private async Task<Refusal?> Void(TouchVoidedV1 voided, Operation operation, CancellationToken cancel)
    {
        var key = Touch.KeyOf(voided.Occasion, voided.OccasionId);
        var decision = await survivors.Run(
            voided.MemberId,
            memberId => TouchRows.Of(memberId, key),
            operation,
            (desk, now) => PlanRules.Void(desk, voided, now),
            cancel);
        return decision.Refusal;
    }
}
