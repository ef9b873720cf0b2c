namespace Pond.Pricing;

/// <summary>A promotion as operators see it.</summary>
public sealed record PromotionResponse(string PromotionId, PromotionTerms Terms, PromotionState State, long Version)
{
    public static PromotionResponse Of(PricePromotion promotion) =>
        new(promotion.Id, promotion.Terms, promotion.State, promotion.Version);
}
