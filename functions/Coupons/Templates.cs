using System.Text.Json.Serialization;

namespace Pond.Coupons;

/// <summary>A sort of coupon that marketing offers.</summary>
/// <param name="Version">1, 2, 3 … with every change, so that copies know which is newer.</param>
/// <param name="Stock">Coupons in all.</param>
/// <param name="Shards">Partitions that the stock is spread over; 1 unless a rush is expected.</param>
/// <param name="OpeningStock">With which the shards open; null while the stock has not been changed.</param>
/// <param name="SlotsEver">Slots that there ever were; null while the stock has not been changed.</param>
/// <param name="Lowering">Free slots are being taken out; null as a rule.</param>
public sealed record Template(
    CouponTerms Terms,
    TemplateState State,
    long Version,
    int Stock,
    int Shards,
    int? OpeningStock = null,
    int? SlotsEver = null,
    StockLowering? Lowering = null)
{
    public static Template? Evolve(Template? template, TemplateEvent fact) => fact.Template;
}

/// <param name="Id">Names this lowering.</param>
/// <param name="Wanted">Slots to take out, as far as they are free.</param>
public sealed record StockLowering(string Id, int Wanted, string OperatorId);

/// <summary>CPN-01: what a template comes to, by its state, the clock and its stock.</summary>
public enum TemplatePhase
{
    Draft,

    /// <summary>Published, and claims begin later.</summary>
    Scheduled,

    /// <summary>Members can claim.</summary>
    Active,

    /// <summary>Members could claim if there were any left.</summary>
    Exhausted,
    Paused,

    /// <summary>By an operator, or because claims are over.</summary>
    Ended,
    Archived,
}

/// <summary>What can happen to a template. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(StateChanged), "state-changed")]
[JsonDerivedType(typeof(Redrafted), "redrafted")]
[JsonDerivedType(typeof(StockRaised), "stock-raised")]
[JsonDerivedType(typeof(StockLoweringBegun), "stock-lowering-begun")]
[JsonDerivedType(typeof(StockLowered), "stock-lowered")]
public abstract record TemplateEvent(Template Template, string OperatorId, DateTimeOffset At)
{
    public sealed record Drafted(Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);

    public sealed record StateChanged(TemplateState Before, Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);

    /// <summary>Other terms; nobody has seen the ones before.</summary>
    public sealed record Redrafted(CouponTerms Before, Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);

    /// <param name="New">Slots that come in, for each shard.</param>
    public sealed record StockRaised(
        int Before, IReadOnlyList<SlotsLentV1> New, Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);

    public sealed record StockLoweringBegun(Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);

    public sealed record StockLowered(int Before, Template Template, string OperatorId, DateTimeOffset At)
        : TemplateEvent(Template, OperatorId, At);
}
