using Microsoft.Azure.Functions.Worker;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Bargains;

/// <summary>BRG-04: an attempt is done once its order is paid, and can be ordered again once it is cancelled.</summary>
public sealed class AttemptOnOrderMoved(Inbox inbox, Transactor transactor)
{
    [Function(nameof(AttemptOnOrderMoved))]
    public Task Run(
        [QueueTrigger(OrderMessages.BargainQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<DealMovedV1>(
            nameof(AttemptOnOrderMoved), OrderMessages.BargainQueue, message,
            async (moved, operation, stop) => (await transactor.Run(
                AttemptRows.Ordering(moved.SubjectId, moved.OrderId),
                operation,
                (desk, now) => AttemptRules.HearOrder(desk, moved.OrderId, moved.Move, now),
                stop)).Refusal,
            cancel);
}
