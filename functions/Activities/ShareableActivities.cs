using Pond.Products;
using Pond.Promotions;
using Pond.Shares;

namespace Pond.Activities;

/// <summary>INV-03: activities of one kind, as those see them with whom they are shared.</summary>
public sealed class ShareableActivities(
    ShareKind share,
    ActivityKind kind,
    PartKind part,
    LiveActivities activities,
    ProductCatalogue catalogue,
    PromotionDoors doors,
    TimeProvider clock)
    : IShareable
{
    public ShareKind Kind => share;

    public async Task<ShareObject?> Find(string id, string? viewerId, CancellationToken cancel)
    {
        if (await activities.Find(kind, id, cancel) is not { } activity) return null;
        return new ShareObject(
            activity.Plan.Name,
            await catalogue.ImageOf(activity.Plan.Goods[0].SkuId, cancel),
            activity.WhyNot(clock.GetUtcNow())
                ?? await doors.WhyShut(activity.Plan.PromotionId, part, id, cancel));
    }
}
