using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>A sort of coupon that marketing offers.</summary>
/// <param name="Version">1, 2, 3 … with every change, so that copies know which is newer.</param>
/// <param name="Stock">Coupons in all.</param>
/// <param name="Shards">Partitions that the stock is spread over; 1 unless a rush is expected.</param>
public sealed record Template(CouponTerms Terms, TemplateState State, long Version, int Stock, int Shards)
{
    public static Template? Evolve(Template? template, TemplateEvent fact) => fact switch
    {
        TemplateEvent.Drafted drafted => drafted.Template,
        TemplateEvent.StateChanged changed => changed.Template,
        _ => throw new UnreachableException(),
    };
}

/// <summary>What can happen to a template. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(StateChanged), "state-changed")]
public abstract record TemplateEvent(Template Template, string OperatorId, DateTimeOffset At)
{
    public sealed record Drafted(Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);

    public sealed record StateChanged(TemplateState Before, Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);
}

/// <summary>CPN-01: the life of a template. Pure.</summary>
public static class TemplateRules
{
    public const int StockMax = 1_000_000;
    public const int ShardsMax = 16;
    public const int PerMemberMax = 20;
    public const int ValidDaysMax = 366;
    public const long AmountFenMax = 100_000_000;
    public const int OffBpMax = 9_900;

    private static readonly Dictionary<TemplateState, TemplateState[]> Edges = new()
    {
        [TemplateState.Draft] = [TemplateState.Published, TemplateState.Archived],
        [TemplateState.Published] = [TemplateState.Paused, TemplateState.Ended],
        [TemplateState.Paused] = [TemplateState.Published, TemplateState.Ended],
        [TemplateState.Ended] = [TemplateState.Archived],
        [TemplateState.Archived] = [],
    };

    public static Decision<TemplateEvent> Draft(
        Template? template, CouponTerms terms, int stock, int shards, string operatorId, DateTimeOffset now)
    {
        if (template is not null) return CouponRefusals.TemplateTaken;
        if (terms.ClaimFrom >= terms.ClaimUntil) return CouponRefusals.BadWindow;
        if (!DiscountRules.IsSound(terms.Discount, terms.ThresholdFen)) return CouponRefusals.BadDiscount;
        if (terms.Scope is { } scope && !IsSound(scope)) return CouponRefusals.BadScope;
        if (shards > stock) return CouponRefusals.BadShards;

        return new TemplateEvent.Drafted(
            new Template(terms, TemplateState.Draft, Version: 1, stock, shards), operatorId, now);
    }

    public static Decision<TemplateEvent> ChangeState(
        Template? template, TemplateState after, string operatorId, DateTimeOffset now)
    {
        if (template is null) return CouponRefusals.TemplateMissing;
        if (template.State == after) return Decision<TemplateEvent>.Nothing;
        if (!Edges[template.State].Contains(after)) return CouponRefusals.NoSuchEdge;

        var changed = template with { State = after, Version = template.Version + 1 };
        return new TemplateEvent.StateChanged(template.State, changed, operatorId, now);
    }

    /// <summary>The slots that a shard starts with: stock in shares that differ by one at most.</summary>
    public static SlotRange ShareOf(int shard, int shards, int stock) =>
        new((int)((long)stock * shard / shards), (int)((long)stock * (shard + 1) / shards));

    private static bool IsSound(CouponScope scope) =>
        (scope.FromHour is null) == (scope.UntilHour is null)
        && (scope.FromHour is null || scope.FromHour != scope.UntilHour);
}
