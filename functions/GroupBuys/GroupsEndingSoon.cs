using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.GroupBuys;

/// <summary>TCH-06: whether a group that ends soon still lacks people.</summary>
public sealed class GroupsEndingSoon(PartitionStore store, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.GroupEnding;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel) =>
        GroupEndingRules.Stands(
            await GroupRows.Find(store, occasionId, cancel), memberId, clock.GetUtcNow());
}
