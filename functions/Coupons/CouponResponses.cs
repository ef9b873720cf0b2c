namespace Pond.Coupons;

/// <summary>A coupon as a shopper sees it on offer.</summary>
/// <param name="BenefitText">What it does, in words for a page.</param>
/// <param name="GoodsText">For what and whom.</param>
/// <param name="TimeText">On which days and hours.</param>
public sealed record OfferResponse(
    string TemplateId,
    string Name,
    Discount Discount,
    long ThresholdFen,
    DateTimeOffset ClaimFrom,
    DateTimeOffset ClaimUntil,
    int ValidDays,
    int PerMember,
    bool IsTransferable,
    CouponScope? Scope,
    string BenefitText,
    string GoodsText,
    string TimeText)
{
    public static OfferResponse Of(CouponTerms terms) => new(
        terms.TemplateId, terms.Name, terms.Discount, terms.ThresholdFen,
        terms.ClaimFrom, terms.ClaimUntil, terms.ValidDays, terms.PerMember, terms.IsTransferable,
        terms.Scope, CouponTexts.Benefit(terms), CouponTexts.Goods(terms.Scope), CouponTexts.Time(terms.Scope));
}

/// <summary>A coupon in the wallet.</summary>
/// <param name="IsTransferable">Whether it may be given to a friend: not if it was a gift itself.</param>
/// <param name="BenefitText">What it does, in words for a page.</param>
/// <param name="GoodsText">For what and whom.</param>
/// <param name="TimeText">On which days and hours.</param>
public sealed record CouponResponse(
    string CouponId,
    string TemplateId,
    string Name,
    Discount Discount,
    long ThresholdFen,
    CouponState State,
    DateTimeOffset ClaimedAt,
    DateTimeOffset ValidUntil,
    bool IsTransferable,
    CouponScope? Scope,
    string BenefitText,
    string GoodsText,
    string TimeText)
{
    public static CouponResponse Of(Coupon coupon) => Of(coupon, coupon.Terms);

    private static CouponResponse Of(Coupon coupon, CouponTerms terms) => new(
        coupon.Id, terms.TemplateId, terms.Name, terms.Discount, terms.ThresholdFen,
        coupon.State, coupon.ClaimedAt, coupon.ValidUntil, terms.IsTransferable && !coupon.IsReceived,
        terms.Scope, CouponTexts.Benefit(terms), CouponTexts.Goods(terms.Scope), CouponTexts.Time(terms.Scope));
}

/// <summary>A template as an operator sees it.</summary>
/// <param name="PromotionId">Of which it is a part; null for none.</param>
public sealed record TemplateResponse(
    OfferResponse Offer, TemplateState State, long Version, int Stock, int Shards, string? PromotionId)
{
    public static TemplateResponse Of(Template template) => new(
        OfferResponse.Of(template.Terms), template.State, template.Version, template.Stock, template.Shards,
        template.Terms.PromotionId);
}
