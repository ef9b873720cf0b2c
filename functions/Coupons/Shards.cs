using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>A part of a template's stock, with a copy of the template.</summary>
/// <param name="Free">Slots that nobody has claimed.</param>
/// <param name="ClaimedCount">Coupons that were claimed here, by code or without.</param>
/// <param name="LentCount">Slots that it ever gave to other shards.</param>
/// <param name="BorrowedCount">Slots that it ever got from other shards.</param>
public sealed record Shard(
    Template Template,
    int Number,
    IReadOnlyList<SlotRange> Free,
    int ClaimedCount,
    long LentCount = 0,
    long BorrowedCount = 0)
{
    [JsonIgnore]
    public int FreeCount => Free.Sum(range => range.Count);
}

/// <summary>One claim of a member, in the shard where that member claims.</summary>
public sealed record Claim(string CouponId, string MemberId, int Slot, int Number, DateTimeOffset At);

/// <summary>What the rules of claiming look at: one shard, and one member's claims in it.</summary>
/// <param name="Claims">The member's, all of them: a member always claims in the same shard.</param>
/// <param name="Added">The claim that this decision adds.</param>
public sealed record ClaimDesk(Shard? Shard, string MemberId, IReadOnlyList<Claim> Claims, Claim? Added = null);

/// <summary>What can happen in a shard. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(TemplateCopied), "template-copied")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(SlotsLent), "slots-lent")]
[JsonDerivedType(typeof(SlotsReceived), "slots-received")]
[JsonDerivedType(typeof(SlotsSetAside), "slots-set-aside")]
[JsonDerivedType(typeof(CodeClaimed), "code-claimed")]
[JsonDerivedType(typeof(CodeRefused), "code-refused")]
public abstract record ShardEvent
{
    private ShardEvent()
    {
    }

    public sealed record TemplateCopied(Template Template, int Shard) : ShardEvent;

    /// <param name="GrantId">Under which its promotion counts it; null without one.</param>
    public sealed record Claimed(Claim Claim, Coupon Coupon, string? GrantId = null) : ShardEvent;

    public sealed record SlotsLent(
        string LendingId, string TemplateId, int ToShard, IReadOnlyList<SlotRange> Slots) : ShardEvent;

    /// <param name="AreBorrowed">From another shard; else they were in none.</param>
    public sealed record SlotsReceived(IReadOnlyList<SlotRange> Slots, bool AreBorrowed = true) : ShardEvent;

    /// <summary>Free slots left all shards. Also with none, so that asking again never gets other slots.</summary>
    public sealed record SlotsSetAside(IReadOnlyList<SlotRange> Slots) : ShardEvent;

    /// <summary>A member got a coupon for a code, which has brought a slot of its own.</summary>
    public sealed record CodeClaimed(Claim Claim, Coupon Coupon, string CodeKey, string HoldId) : ShardEvent;

    /// <summary>The code's coupon may not be claimed by this member now. Final for this hold of the code.</summary>
    /// <param name="Code">Of the refusal.</param>
    public sealed record CodeRefused(string Code, string CodeKey, string HoldId) : ShardEvent;
}

/// <summary>State after a fact. Pure.</summary>
public static class ShardState
{
    public static ClaimDesk Evolve(ClaimDesk desk, ShardEvent fact) => fact switch
    {
        ShardEvent.TemplateCopied copied => desk with { Shard = Copy(desk.Shard, copied) },
        ShardEvent.Claimed { Claim: var claim } =>
            Added(desk with { Shard = Without(desk.Shard!, [new SlotRange(claim.Slot, claim.Slot + 1)]) }, claim),
        ShardEvent.CodeClaimed { Claim: var claim } => Added(desk, claim),
        ShardEvent.CodeRefused => desk,
        ShardEvent.SlotsLent lent => desk with
        {
            Shard = Without(desk.Shard!, lent.Slots) with
            {
                LentCount = desk.Shard!.LentCount + SlotRanges.CountOf(lent.Slots),
            },
        },
        ShardEvent.SlotsSetAside aside => desk with { Shard = Without(desk.Shard!, aside.Slots) },
        ShardEvent.SlotsReceived received => desk with
        {
            Shard = desk.Shard! with
            {
                Free = SlotRanges.Joined([.. desk.Shard.Free, .. received.Slots]),
                BorrowedCount =
                    desk.Shard.BorrowedCount + (received.AreBorrowed ? SlotRanges.CountOf(received.Slots) : 0),
            },
        },
        _ => throw new UnreachableException(),
    };

    private static ClaimDesk Added(ClaimDesk desk, Claim claim) => desk with
    {
        Shard = desk.Shard! with { ClaimedCount = desk.Shard.ClaimedCount + 1 },
        Claims = [.. desk.Claims, claim],
        Added = claim,
    };

    private static Shard Copy(Shard? shard, ShardEvent.TemplateCopied copied)
    {
        var (template, number) = (copied.Template, copied.Shard);
        var opening = template.OpeningStock ?? template.Stock;
        return shard is null
            ? new Shard(template, number, [SlotRanges.ShareOf(number, template.Shards, opening)], 0)
            : shard with { Template = template };
    }

    private static Shard Without(Shard shard, IReadOnlyList<SlotRange> taken) =>
        shard with { Free = SlotRanges.Without(shard.Free, taken) };
}
