using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-01, CPN-04: who gets a coupon of a limited stock. Pure.</summary>
public static class ClaimRules
{
    private static readonly Refusal[] Refusals =
    [
        CouponRefusals.TemplateMissing, CouponRefusals.NotOffered, CouponRefusals.NotOpen, CouponRefusals.Closed,
        CouponRefusals.LimitReached,
    ];

    /// <summary>A member claims one.</summary>
    /// <param name="seed">A random id, of which the coupon's id is made.</param>
    /// <param name="grantId">Under which its promotion counts it; null without one.</param>
    public static Decision<ShardEvent> Claim(ClaimDesk desk, string seed, DateTimeOffset now, string? grantId = null)
    {
        if (WhyNot(desk, now) is { } why) return why;
        if (desk.Shard!.FreeCount == 0) return CouponRefusals.SoldOut;

        var (claim, coupon) = Issue(desk, desk.Shard.Free[0].From, seed, now);
        return new ShardEvent.Claimed(claim, coupon, grantId);
    }

    /// <summary>
    /// CPN-07: a member claims one for a code, which has brought its own slot. A "no" is a fact too: whoever asks
    /// again for this hold of the code hears the same, and the code is free again.
    /// </summary>
    public static Decision<ShardEvent> ClaimByCode(ClaimDesk desk, CodeHeldV1 held, string seed, DateTimeOffset now)
    {
        if (WhyNot(desk, now) is { } why) return new ShardEvent.CodeRefused(why.Code, held.CodeKey, held.HoldId);

        var (claim, coupon) = Issue(desk, held.Slot, seed, now);
        return new ShardEvent.CodeClaimed(claim, coupon, held.CodeKey, held.HoldId);
    }

    /// <summary>The refusal of a claim by code, found by its code.</summary>
    public static Refusal RefusalOf(string code) => Refusals.Single(refusal => refusal.Code == code);

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

    /// <summary>Slots arrive that were lent, or that were in no shard.</summary>
    public static Decision<ShardEvent> ReceiveSlots(ClaimDesk desk, SlotsLentV1 lent) =>
        desk.Shard is null
            ? CouponRefusals.TemplateMissing
            : new ShardEvent.SlotsReceived(lent.Slots, AreBorrowed: !lent.AreFromNoShard);

    /// <summary>Free slots leave all shards: as many as wanted, or all when there are fewer.</summary>
    public static Decision<ShardEvent> SetAside(ClaimDesk desk, int count) =>
        desk.Shard is null
            ? CouponRefusals.TemplateMissing
            : new ShardEvent.SlotsSetAside(SlotRanges.Last(desk.Shard.Free, count));

    /// <summary>Whether nothing is free in all the shards of a template, and nothing on its way between two.</summary>
    public static bool AreEmpty(IReadOnlyList<Shard> shards, int count) =>
        shards.Count == count
        && shards.All(shard => shard.FreeCount == 0)
        && shards.Sum(shard => shard.LentCount) <= shards.Sum(shard => shard.BorrowedCount);

    /// <summary>Why somebody who has so many already can claim no other one, whatever is left; or null.</summary>
    public static Refusal? WhyNot(Template template, int claims, DateTimeOffset now)
    {
        if (template.State is not TemplateState.Published) return CouponRefusals.NotOffered;
        if (now < template.Terms.ClaimFrom) return CouponRefusals.NotOpen;
        if (now >= template.Terms.ClaimUntil) return CouponRefusals.Closed;
        return claims >= template.Terms.PerMember ? CouponRefusals.LimitReached : null;
    }

    private static Refusal? WhyNot(ClaimDesk desk, DateTimeOffset now) => desk.Shard is { Template: var template }
        ? WhyNot(template, desk.Claims.Count, now)
        : CouponRefusals.TemplateMissing;

    private static (Claim Claim, Coupon Coupon) Issue(ClaimDesk desk, int slot, string seed, DateTimeOffset now)
    {
        var terms = desk.Shard!.Template.Terms;
        var validUntil = ChinaDay.Of(now).AddDays(terms.ValidDays).Start;
        var coupon = new Coupon(CouponIds.Of(validUntil, seed), terms, CouponState.Issued, now, validUntil);
        return (new Claim(coupon.Id, desk.MemberId, slot, desk.Claims.Count + 1, now), coupon);
    }
}
