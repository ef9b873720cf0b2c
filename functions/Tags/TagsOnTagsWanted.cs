using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>TAG-02: puts the tags of a channel on a member who came by it, whoever that is by now.</summary>
public sealed class TagsOnTagsWanted(Inbox inbox, Survivors survivors, PartitionStore store)
{
    [Function(nameof(TagsOnTagsWanted))]
    public Task Run(
        [QueueTrigger(TagMessages.WantedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TagsWantedV1>(nameof(TagsOnTagsWanted), TagMessages.WantedQueue, message, PutOn, cancel);

    private async Task<Refusal?> PutOn(TagsWantedV1 wanted, Operation operation, CancellationToken cancel)
    {
        var found = await Task.WhenAll(wanted.TagIds.Select(tagId => TagRows.Find(store, tagId, cancel)));
        MemberTag[] tags =
        [
            .. found.OfType<Tag>().Where(tag => !tag.IsRetired).Select(tag => new MemberTag(
                tag.Id, tag.Group, TagOrigin.Channel, wanted.At, ExpiresAt: null, wanted.ChannelId)),
        ];
        var decision = await survivors.Run(
            wanted.MemberId,
            MemberTagRows.Of,
            // Of the two, not of the message: told again under another name, it is the same wish.
            operation with { Key = $"{wanted.MemberId} {wanted.ChannelId}" },
            (desk, now) => MemberTagRules.Bring(desk, tags, now),
            cancel);
        return decision.Refusal;
    }
}
