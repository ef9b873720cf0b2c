using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-01, CPN-04: who gets a coupon of a limited stock. Pure.</summary>
public static class ClaimRules
{
    /// <summary>A member claims one.</summary>
    /// <param name="seed">A random id, of which the coupon's id is made.</param>
    public static Decision<ShardEvent> Claim(ClaimDesk desk, string seed, DateTimeOffset now)
    {
        if (desk.Shard is not { Template: var template } shard) return CouponRefusals.TemplateMissing;
        if (template.State is not TemplateState.Published) return CouponRefusals.NotOffered;
        if (now < template.Terms.ClaimFrom) return CouponRefusals.NotOpen;
        if (now >= template.Terms.ClaimUntil) return CouponRefusals.Closed;
        if (desk.Claims.Count >= template.Terms.PerMember) return CouponRefusals.LimitReached;
        if (shard.FreeCount == 0) return CouponRefusals.SoldOut;

        var validUntil = ChinaDay.Of(now).AddDays(template.Terms.ValidDays).Start;
        var coupon = new Coupon(CouponIds.Of(validUntil, seed), template.Terms, CouponState.Issued, now, validUntil);
        var claim = new Claim(coupon.Id, desk.MemberId, shard.Free[0].From, desk.Claims.Count + 1, now);
        return new ShardEvent.Claimed(claim, coupon);
    }

    /// <summary>
    /// A copy of the template comes in; one that is not newer changes nothing, so they may come in any order.
    /// </summary>
    public static Decision<ShardEvent> CopyTemplate(ClaimDesk desk, Template template, int shard) =>
        desk.Shard?.Template.Version >= template.Version
            ? Decision<ShardEvent>.Nothing
            : new ShardEvent.TemplateCopied(template, shard);

    /// <summary>An empty shard asks for slots: it gets half of the free ones, one at least.</summary>
    public static Decision<ShardEvent> LendSlots(ClaimDesk desk, string lendingId, int toShard)
    {
        if (desk.Shard is not { } shard) return CouponRefusals.TemplateMissing;
        if (shard.FreeCount == 0) return CouponRefusals.SoldOut;

        var last = shard.Free[^1];
        var count = Math.Min(last.Count, (shard.FreeCount + 1) / 2);
        return new ShardEvent.SlotsLent(
            lendingId, shard.Template.Terms.TemplateId, toShard, [new SlotRange(last.Until - count, last.Until)]);
    }

    /// <summary>Lent slots arrive.</summary>
    public static Decision<ShardEvent> ReceiveSlots(ClaimDesk desk, IReadOnlyList<SlotRange> slots) =>
        desk.Shard is null ? CouponRefusals.TemplateMissing : new ShardEvent.SlotsReceived(slots);
}
