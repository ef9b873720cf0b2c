using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Tags;

/// <summary>AUTH-10: the tags of a merged account leave it and come to the other, where they fit.</summary>
/// <remarks>What left is in the first operation's record: whoever is stopped in between brings the same.</remarks>
public sealed class TagsOnMemberMerged(Inbox inbox, Transactor transactor, Survivors survivors)
{
    [Function(nameof(TagsOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.TagMergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(
            nameof(TagsOnMemberMerged), MemberMessages.TagMergeQueue, message, Move, cancel);

    private async Task<Refusal?> Move(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var moving = operation with { Key = merged.FromMemberId };
        var left = await transactor.Run(
            MemberTagRows.Of(merged.FromMemberId),
            moving,
            (desk, now) => MemberTagRules.LeaveAll(desk, now),
            cancel);
        MemberTag[] tags = [.. left.Facts.OfType<MemberTagEvent.Left>().Select(fact => fact.Tag)];
        if (tags.Length == 0) return null;

        var decision = await survivors.Run(
            merged.IntoMemberId,
            MemberTagRows.Of,
            moving,
            (desk, now) => MemberTagRules.Bring(desk, tags, now),
            cancel);
        return decision.Refusal;
    }
}
