using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>Slots [From, Until) of a template's stock. Each slot of the stock is in one shard, and is claimed once.</summary>
public sealed record SlotRange(int From, int Until)
{
    [JsonIgnore]
    public int Count => Until - From;
}

/// <summary>A part of a template's stock, with a copy of the template.</summary>
/// <param name="Free">Slots that nobody has claimed.</param>
/// <param name="ClaimedCount">Slots that were claimed here.</param>
public sealed record Shard(Template Template, int Number, IReadOnlyList<SlotRange> Free, int ClaimedCount)
{
    [JsonIgnore]
    public int FreeCount => Free.Sum(range => range.Count);
}

/// <summary>One claim of a member.</summary>
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
public abstract record ShardEvent
{
    private ShardEvent()
    {
    }

    public sealed record TemplateCopied(Template Template, int Shard) : ShardEvent;

    public sealed record Claimed(Claim Claim, Coupon Coupon) : ShardEvent;

    public sealed record SlotsLent(
        string LendingId, string TemplateId, int ToShard, IReadOnlyList<SlotRange> Slots) : ShardEvent;

    public sealed record SlotsReceived(IReadOnlyList<SlotRange> Slots) : ShardEvent;
}

/// <summary>State after a fact. Pure.</summary>
public static class ShardState
{
    public static ClaimDesk Evolve(ClaimDesk desk, ShardEvent fact) => fact switch
    {
        ShardEvent.TemplateCopied copied => desk with { Shard = Copy(desk.Shard, copied) },
        ShardEvent.Claimed { Claim: var claim } => desk with
        {
            Shard = Without(desk.Shard!, [new SlotRange(claim.Slot, claim.Slot + 1)]) with { ClaimedCount = desk.Shard!.ClaimedCount + 1 },
            Claims = [.. desk.Claims, claim],
            Added = claim,
        },
        ShardEvent.SlotsLent lent => desk with { Shard = Without(desk.Shard!, lent.Slots) },
        ShardEvent.SlotsReceived received => desk with { Shard = desk.Shard! with { Free = [.. desk.Shard.Free, .. received.Slots] } },
        _ => throw new UnreachableException(),
    };

    private static Shard Copy(Shard? shard, ShardEvent.TemplateCopied copied)
    {
        var (template, number) = (copied.Template, copied.Shard);
        return shard is null
            ? new Shard(template, number, [TemplateRules.ShareOf(number, template.Shards, template.Stock)], 0)
            : shard with { Template = template };
    }

    // Both claims and lendings take from an end of a range, so a range never splits.
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
