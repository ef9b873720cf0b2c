using Pond.Platform.Storage;
using Pond.Promotions;
using Pond.Shares;

namespace Pond.Coupons;

/// <summary>INV-03: coupons on offer, as those see them with whom they are shared.</summary>
public sealed class ShareableCoupons(PartitionStore store, PromotionDoors doors, TimeProvider clock) : IShareable
{
    public ShareKind Kind => ShareKind.Coupon;

    public async Task<ShareObject?> Find(string id, string? viewerId, CancellationToken cancel)
    {
        var template = await TemplateRows.Find(store, id, cancel);
        if (template is null or { State: TemplateState.Draft or TemplateState.Archived }) return null;
        var claims = viewerId is null ? 0 : await ShardRows.ClaimsOf(store, template, viewerId, cancel);
        var shards = await ShardRows.ReadAll(store, template, cancel);
        var soldOut = shards.Any(shard => shard.FreeCount > 0) ? null : CouponRefusals.SoldOut;
        var shut = await doors.WhyShut(template.Terms.PromotionId, PartKind.CouponTemplate, id, cancel);
        return new ShareObject(
            template.Terms.Name,
            ImageUrl: null,
            shut ?? ClaimRules.WhyNot(template, claims, clock.GetUtcNow()) ?? soldOut);
    }
}
