using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Touches;

/// <summary>TCH-01: counts what WeChat has told of a member's answers.</summary>
public sealed class BookOnSubscriptionTold(Inbox inbox, Survivors survivors)
{
    [Function(nameof(BookOnSubscriptionTold))]
    public Task Run(
        [QueueTrigger(TouchSendMessages.SubscriptionQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<SubscriptionToldV1>(
            nameof(BookOnSubscriptionTold), TouchSendMessages.SubscriptionQueue, message, Count, cancel);

    private async Task<Refusal?> Count(SubscriptionToldV1 told, Operation operation, CancellationToken cancel)
    {
        var decision = await survivors.Run(
            told.MemberId,
            memberId => TouchRows.Of(memberId),
            operation,
            (desk, now) => SubscriptionRules.Hear(desk, told, now),
            cancel);
        return decision.Refusal;
    }
}
