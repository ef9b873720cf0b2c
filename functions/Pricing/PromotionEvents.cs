using System.Text.Json.Serialization;

namespace Pond.Pricing;

/// <summary>What a decision about a promotion looks at.</summary>
/// <param name="Promotion">Null when there is none of that id.</param>
/// <param name="Live">Every published one.</param>
/// <param name="Version">Of all of them together: grows with every change of any.</param>
public sealed record PromotionBoard(PricePromotion? Promotion, IReadOnlyList<PricePromotion> Live, long Version)
{
    public static PromotionBoard Evolve(PromotionBoard board, PromotionEvent fact) => new(
        fact.Promotion,
        [
            .. board.Live.Where(one => one.Id != fact.Promotion.Id && fact.At < one.Terms.EndsAt),
            .. fact.Promotion.State is PromotionState.Published ? [fact.Promotion] : (PricePromotion[])[],
        ],
        board.Version + 1);
}

/// <summary>What can happen to a promotion. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Redrafted), "redrafted")]
[JsonDerivedType(typeof(StateChanged), "state-changed")]
public abstract record PromotionEvent(PricePromotion Promotion, string OperatorId, DateTimeOffset At)
{
    public sealed record Drafted(PricePromotion Promotion, string OperatorId, DateTimeOffset At)
        : PromotionEvent(Promotion, OperatorId, At);

    /// <summary>Other terms; nobody has seen the ones before.</summary>
    public sealed record Redrafted(string NameBefore, PricePromotion Promotion, string OperatorId, DateTimeOffset At)
        : PromotionEvent(Promotion, OperatorId, At);

    /// <param name="OverlapIds">Published ones that do the same to the same goods at the same time.</param>
    public sealed record StateChanged(
        PromotionState Before,
        IReadOnlyList<string> OverlapIds,
        PricePromotion Promotion,
        string OperatorId,
        DateTimeOffset At)
        : PromotionEvent(Promotion, OperatorId, At);
}
