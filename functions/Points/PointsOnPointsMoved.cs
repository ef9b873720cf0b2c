using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Points;

/// <summary>AUTH-10: receives the points of a merged account, whatever has become of the member since.</summary>
public sealed class PointsOnPointsMoved(Inbox inbox, Survivors survivors)
{
    [Function(nameof(PointsOnPointsMoved))]
    public Task Run(
        [QueueTrigger(PointsMessages.MovesQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<PointsMovedV1>(
            nameof(PointsOnPointsMoved), PointsMessages.MovesQueue, message, Arrive, cancel);

    private async Task<Refusal?> Arrive(PointsMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        var decision = await survivors.Run(
            moved.IntoMemberId,
            memberId => PointsRows.Account(memberId, moved.Cause, Direction.Earn),
            operation,
            (account, now) => MoveRules.Arrive(account, moved, now),
            cancel);
        return decision.Refusal;
    }
}
