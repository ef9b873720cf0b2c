using Pond.Kernel;
using Pond.Platform;

namespace Pond.FlashSales;

/// <summary>Somebody has a slot: an order is to be placed for it.</summary>
public sealed record FlashClaimedV1(string ClaimId);

/// <summary>A shard gave free slots to another, which has them once it has heard of it.</summary>
/// <param name="Pieces">Of the flash sale, in all its <paramref name="Shards"/>: what a shard begins with.</param>
public sealed record FlashSlotsLentV1(
    string LendingId, string FlashSaleId, int ToShard, IReadOnlyList<SlotRange> Slots, int Pieces, int Shards);

/// <summary>A claim is over: the F code that was used for it can be used again.</summary>
public sealed record FCodeBackV1(string FlashSaleId, string CodeKey, string ClaimId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class FlashSaleMessages
{
    public const string ClaimedQueue = "flash-claims";
    public const string LendingQueue = "flash-lendings";
    public const string CodeBackQueue = "flash-codes-back";

    public static Message Claimed(FlashClaimedV1 claimed) => new(ClaimedQueue, claimed);

    public static Message Lending(FlashSlotsLentV1 lent) => new(LendingQueue, lent);

    public static Message CodeBack(FCodeBackV1 back) => new(CodeBackQueue, back);
}
