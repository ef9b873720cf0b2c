using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Points;

/// <summary>AUTH-10: sends the points of a merged account on their way to the other.</summary>
public sealed class PointsOnMemberMerged(Inbox inbox, Transactor transactor)
{
    [Function(nameof(PointsOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.PointsMergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(
            nameof(PointsOnMemberMerged), MemberMessages.PointsMergeQueue, message, Leave, cancel);

    private async Task<Refusal?> Leave(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            PointsRows.Leaving(merged.FromMemberId), operation, MoveRules.Leave, cancel);
        return decision.Refusal;
    }
}
