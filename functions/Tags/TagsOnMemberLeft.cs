using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Tags;

/// <summary>AUTH-06: what was said of a member goes with them.</summary>
public sealed class TagsOnMemberLeft(Inbox inbox, Transactor transactor)
{
    [Function(nameof(TagsOnMemberLeft))]
    public Task Run(
        [QueueTrigger(MemberMessages.TagErasureQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberLeftV1>(nameof(TagsOnMemberLeft), MemberMessages.TagErasureQueue, message, Erase, cancel);

    private async Task<Refusal?> Erase(MemberLeftV1 left, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            MemberTagRows.Of(left.MemberId),
            operation,
            (desk, now) => MemberTagRules.LeaveAll(desk, now),
            cancel);
        return decision.Refusal;
    }
}
