using Pond.Platform.Storage;
using Pond.Promotions;

namespace Pond.Activities;

/// <summary>CMP-01: activities of one kind, as promotions look at them. They never change.</summary>
public sealed class PromotedActivities(ActivityKind kind, PartKind part, PartitionStore store) : IPromotable
{
    public PartKind Kind => part;

    public async Task<PartLook?> Find(string id, CancellationToken cancel) =>
        await ActivityRows.Find(store, id, cancel) is { } activity && activity.Kind == kind
            ? new PartLook(
                activity.Plan.Name, activity.Plan.PromotionId, activity.State is ActivityState.Published,
                [.. activity.Plan.Goods.Select(goods => goods.SkuId)], activity.Plan.Goods.Sum(goods => goods.Pieces),
                MostFen: null)
            : null;
}
