using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>
/// Slots [From, Until) of a template's stock. Each slot of the stock is in one shard, and is claimed once.
/// </summary>
public sealed record SlotRange(int From, int Until)
{
    [JsonIgnore]
    public int Count => Until - From;
}

/// <summary>What lists of slots have in common. Pure.</summary>
public static class SlotRanges
{
    public static int CountOf(IReadOnlyList<SlotRange> slots) => slots.Sum(range => range.Count);

    /// <summary>The same slots in as few ranges as may be, in order.</summary>
    public static IReadOnlyList<SlotRange> Joined(IReadOnlyList<SlotRange> slots)
    {
        var joined = new List<SlotRange>();
        foreach (var range in slots.Where(range => range.Count > 0).OrderBy(range => range.From))
        {
            if (joined.Count > 0 && joined[^1].Until == range.From)
                joined[^1] = joined[^1] with { Until = range.Until };
            else joined.Add(range);
        }

        return joined;
    }

    /// <summary>The last so many, or all when there are fewer.</summary>
    public static IReadOnlyList<SlotRange> Last(IReadOnlyList<SlotRange> slots, int count)
    {
        var taken = new List<SlotRange>();
        for (var i = slots.Count - 1; i >= 0 && count > 0; i--)
        {
            var part = slots[i] with { From = Math.Max(slots[i].From, slots[i].Until - count) };
            taken.Insert(0, part);
            count -= part.Count;
        }

        return taken;
    }

    /// <summary>The slot at a place, counted over all ranges from 0.</summary>
    public static int At(IReadOnlyList<SlotRange> slots, int place)
    {
        foreach (var range in slots)
        {
            if (place < range.Count) return range.From + place;
            place -= range.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(place));
    }

    /// <summary>Single slots as ranges.</summary>
    public static IReadOnlyList<SlotRange> Of(IEnumerable<int> slots) =>
        Joined([.. slots.Select(slot => new SlotRange(slot, slot + 1))]);
}

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

    public sealed record Claimed(Claim Claim, Coupon Coupon) : ShardEvent;

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
            ? new Shard(template, number, [TemplateRules.ShareOf(number, template.Shards, opening)], 0)
            : shard with { Template = template };
    }

    // Whoever takes, takes from an end of a range, so a range never splits.
    private static Shard Without(Shard shard, IReadOnlyList<SlotRange> taken) => shard with
    {
        Free =
        [
            .. shard.Free
                .Select(range => taken.Aggregate(range, (rest, gone) =>
                    gone.From == rest.From ? rest with { From = gone.Until }
                    : gone.Until == rest.Until ? rest with { Until = gone.From }
                    : rest))
                .Where(range => range.Count > 0),
        ],
    };
}
