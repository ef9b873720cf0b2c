using Pond.Activities;
using Pond.Orders;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Shares;

namespace Pond.GroupBuys;

/// <summary>INV-03: a group, as those see it whom somebody asks to join.</summary>
public sealed class ShareableGroups(
    LiveActivities activities,
    ProductCatalogue catalogue,
    PaidOrders paidOrders,
    PartitionStore store,
    TimeProvider clock)
    : IShareable
{
    public ShareKind Kind => ShareKind.Group;

    /// <inheritdoc/>
    public async Task<ShareObject?> Find(string id, string? viewerId, CancellationToken cancel)
    {
        if (await GroupRows.Find(store, id, cancel) is not { Group: { } group } desk
            || await activities.Find(ActivityKind.GroupBuy, group.ActivityId, cancel) is not { } activity)
            return null;

        var isNewcomer = viewerId is null || !await paidOrders.HasAny(viewerId, except: null, cancel);
        return new ShareObject(
            $"{activity.Plan.Name}，还差 {group.Terms.Least() - desk.Paid.Count()} 人成团",
            await catalogue.ImageOf(group.Terms.Prices[0].SkuId, cancel),
            GroupRules.WhyNotJoin(desk, viewerId ?? "", isNewcomer, clock.GetUtcNow()));
    }
}
