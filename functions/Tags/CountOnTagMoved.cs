using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Tags;

/// <summary>TAG-03: counts the members who have a tag, in whatever order it is heard that they come and go.</summary>
public sealed class CountOnTagMoved(Inbox inbox, Transactor transactor)
{
    [Function(nameof(CountOnTagMoved))]
    public Task Run(
        [QueueTrigger(TagMessages.MovesQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TagMovedV1>(nameof(CountOnTagMoved), TagMessages.MovesQueue, message, Add, cancel);

    private async Task<Refusal?> Add(TagMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            TagCounts.Of(moved.TagId, moved.MemberId),
            operation,
            (count, _) => new TagCounts.Count(count.Members + (moved.IsOn ? 1 : -1)),
            cancel);
        return decision.Refusal;
    }
}
