using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.FlashSales;

/// <summary>A part of a flash sale's slots.</summary>
/// <param name="Free">Slots that nobody has.</param>
/// <param name="ClaimedCount">Slots that claims have here.</param>
/// <param name="LentCount">Slots that it ever gave to other shards.</param>
/// <param name="BorrowedCount">Slots that it ever got from other shards.</param>
public sealed record Drop(
    int Number, IReadOnlyList<SlotRange> Free, int ClaimedCount = 0, long LentCount = 0, long BorrowedCount = 0)
{
    [JsonIgnore]
    public int FreeCount => SlotRanges.CountOf(Free);

    /// <summary>As it is before anybody has touched it.</summary>
    public static Drop Unopened(int number, int pieces, int shards) =>
        new(number, SlotRanges.Joined([SlotRanges.ShareOf(number, shards, pieces)]));
}

/// <summary>One slot that a member got, and what became of it.</summary>
/// <param name="PayBy">From then on its order is closed unless it was paid.</param>
/// <param name="OrderId">The order that the slot is kept for; null as long as there is none.</param>
/// <param name="InVain">Orders that found the stock of a slot that came back not released yet.</param>
/// <param name="Why">Why the slot went back; null as long as it did not.</param>
public sealed record SlotClaim(
    string Id,
    string FlashSaleId,
    int Shard,
    string MemberId,
    string Taker,
    int Slot,
    DateTimeOffset At,
    DateTimeOffset PayBy,
    string? AddressId,
    string? CodeKey,
    SlotClaimState State,
    string? OrderId,
    IReadOnlyList<string> InVain,
    WhyReturned? Why = null)
{
    [JsonIgnore]
    public bool HasSlot => State is not SlotClaimState.Returned;
}

/// <param name="Code">Stable.</param>
/// <param name="Text">As the shopper reads it.</param>
public sealed record WhyReturned(string Code, string Text, DateTimeOffset At);

/// <summary>Stored by name: never rename one.</summary>
public enum SlotClaimState
{
    /// <summary>It has a slot, and its order is being placed.</summary>
    Claimed,

    /// <summary>Its order waits to be paid.</summary>
    Ordered,

    /// <summary>Final, also when the money is paid back later: the piece then goes back by way of the stock.</summary>
    Paid,

    /// <summary>Its slot is free again. Final.</summary>
    Returned,
}

/// <summary>How many slots a WeChat user has.</summary>
public sealed record TakerCount(int Count);

/// <summary>What the rules of claims look at: a shard, one claim in it, and how many slots its taker has.</summary>
public sealed record DropDesk(Drop Drop, SlotClaim? Claim, int Taken);

/// <summary>What can happen in a shard. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(SlotsLent), "slots-lent")]
[JsonDerivedType(typeof(SlotsReceived), "slots-received")]
public abstract record DropEvent
{
    private DropEvent()
    {
    }

    public sealed record Claimed(SlotClaim Claim) : DropEvent;

    /// <summary>A claim goes on with its slot.</summary>
    public sealed record Moved(SlotClaim Claim) : DropEvent;

    /// <summary>A claim is over, and its slot is free again.</summary>
    public sealed record Returned(SlotClaim Claim) : DropEvent;

    public sealed record SlotsLent(FlashSlotsLentV1 Lending) : DropEvent;

    public sealed record SlotsReceived(IReadOnlyList<SlotRange> Slots) : DropEvent;
}
