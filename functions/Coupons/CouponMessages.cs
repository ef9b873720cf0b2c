using Pond.Platform;

namespace Pond.Coupons;

/// <summary>A template is new or changed.</summary>
public sealed record TemplateChangedV1(Template Template);

/// <summary>The same, to one shard of its stock.</summary>
public sealed record ShardTemplateChangedV1(Template Template, int Shard);

/// <summary>A shard gave free slots to another, which has them once it has heard of it.</summary>
/// <param name="LendingId">The same however often it is told.</param>
public sealed record SlotsLentV1(string LendingId, string TemplateId, int ToShard, IReadOnlyList<SlotRange> Slots);

/// <summary>A member got a coupon: by a claim, or with an account that was merged into theirs.</summary>
public sealed record CouponClaimedV1(string MemberId, Coupon Coupon);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class CouponMessages
{
    public const string CatalogueQueue = "coupon-catalogue";
    public const string ShardQueue = "coupon-shards";
    public const string LendingQueue = "coupon-lendings";
    public const string WalletQueue = "coupon-wallets";

    public static Message Catalogue(TemplateChangedV1 changed) => new(CatalogueQueue, changed);

    public static Message Shard(ShardTemplateChangedV1 changed) => new(ShardQueue, changed);

    public static Message Lending(SlotsLentV1 lent) => new(LendingQueue, lent);

    public static Message Wallet(CouponClaimedV1 claimed) => new(WalletQueue, claimed);
}
