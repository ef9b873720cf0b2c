using Pond.Kernel;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>A template is new or changed.</summary>
/// <param name="FormerUntil">When claims were to end before the change; null when that has not changed.</param>
public sealed record TemplateChangedV1(Template Template, DateTimeOffset? FormerUntil = null);

/// <summary>The same, to one shard of its stock.</summary>
public sealed record ShardTemplateChangedV1(Template Template, int Shard);

/// <summary>A shard gave free slots to another, which has them once it has heard of it.</summary>
/// <param name="LendingId">The same however often it is told.</param>
/// <param name="AreFromNoShard">They were set aside before, or are new.</param>
public sealed record SlotsLentV1(
    string LendingId, string TemplateId, int ToShard, IReadOnlyList<SlotRange> Slots, bool AreFromNoShard = false);

/// <summary>A batch of codes has more to do: slots to ask for, or codes to make or to revoke.</summary>
public sealed record CodeBatchGoesOnV1(string TemplateId, string BatchId);

/// <summary>A member holds a code, and is to get its coupon.</summary>
/// <param name="CodeKey">The code's keyed hash.</param>
/// <param name="HoldId">Names this hold; a later one of the same code has another.</param>
/// <param name="Slot">The slot of the stock that the code has.</param>
public sealed record CodeHeldV1(
    string CodeKey, string HoldId, string MemberId, string TemplateId, int Shards, int Slot);

/// <summary>What became of a hold of a code.</summary>
public sealed record CodeSettledV1(string CodeKey, string HoldId, bool IsClaimed);

/// <summary>A code is at its end: redeemed, or revoked after a member had held it.</summary>
public sealed record CodeEndedV1(string TemplateId, string BatchId, int Number, int Slot, bool IsRedeemed);

/// <summary>A member got a coupon: by a claim, or with an account that was merged into theirs.</summary>
public sealed record CouponClaimedV1(string MemberId, Coupon Coupon);

/// <summary>A member offers a coupon to whoever has the gift's token.</summary>
/// <param name="GiftKey">Hash of the token.</param>
/// <param name="Coupon">As the friend gets it.</param>
/// <param name="Until">From then on it goes back.</param>
public sealed record GiftOfferedV1(
    string GiftKey, string GiftId, string FromMemberId, Coupon Coupon, DateTimeOffset Until);

/// <summary>A gift was taken, or goes back to who offered it.</summary>
public sealed record GiftEndedV1(
    string FromMemberId, string CouponId, string GiftId, bool IsGiven, DateTimeOffset At);

/// <summary>A template's stock is being lowered.</summary>
public sealed record StockLoweringV1(string TemplateId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class CouponMessages
{
    public const string CatalogueQueue = "coupon-catalogue";
    public const string ShardQueue = "coupon-shards";
    public const string LendingQueue = "coupon-lendings";
    public const string WalletQueue = "coupon-wallets";
    public const string CodeBatchQueue = "coupon-code-batches";
    public const string CodeClaimQueue = "coupon-code-claims";
    public const string CodeSettlementQueue = "coupon-code-settlements";
    public const string CodeEndQueue = "coupon-code-ends";
    public const string GiftQueue = "coupon-gifts";
    public const string GiftEndQueue = "coupon-gift-ends";
    public const string StockQueue = "coupon-stocks";

    public static Message Catalogue(TemplateChangedV1 changed) => new(CatalogueQueue, changed);

    public static Message Shard(ShardTemplateChangedV1 changed) => new(ShardQueue, changed);

    public static Message Lending(SlotsLentV1 lent) => new(LendingQueue, lent);

    public static Message Wallet(CouponClaimedV1 claimed) => new(WalletQueue, claimed);

    public static Message CodeBatch(CodeBatchGoesOnV1 next) => new(CodeBatchQueue, next);

    public static Message CodeClaim(CodeHeldV1 held) => new(CodeClaimQueue, held);

    public static Message CodeSettled(CodeSettledV1 settled) => new(CodeSettlementQueue, settled);

    public static Message CodeEnded(CodeEndedV1 ended) => new(CodeEndQueue, ended);

    public static Message Gift(GiftOfferedV1 offered) => new(GiftQueue, offered);

    public static Message GiftEnd(GiftEndedV1 ended) => new(GiftEndQueue, ended);

    public static Message Stock(StockLoweringV1 lowering) => new(StockQueue, lowering);
}
