using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>A coupon as a shopper sees it on offer.</summary>
public sealed record OfferResponse(
    string TemplateId,
    string Name,
    Discount Discount,
    long ThresholdFen,
    DateTimeOffset ClaimFrom,
    DateTimeOffset ClaimUntil,
    int ValidDays,
    int PerMember)
{
    public static OfferResponse Of(CouponTerms terms) => new(
        terms.TemplateId, terms.Name, terms.Discount, terms.ThresholdFen,
        terms.ClaimFrom, terms.ClaimUntil, terms.ValidDays, terms.PerMember);
}

/// <summary>A coupon in the wallet.</summary>
public sealed record CouponResponse(
    string CouponId,
    string TemplateId,
    string Name,
    Discount Discount,
    long ThresholdFen,
    CouponState State,
    DateTimeOffset ClaimedAt,
    DateTimeOffset ValidUntil)
{
    public static CouponResponse Of(Coupon coupon) => new(
        coupon.Id, coupon.Terms.TemplateId, coupon.Terms.Name, coupon.Terms.Discount, coupon.Terms.ThresholdFen,
        coupon.State, coupon.ClaimedAt, coupon.ValidUntil);
}

/// <summary>A template as an operator sees it.</summary>
public sealed record TemplateResponse(OfferResponse Offer, TemplateState State, long Version, int Stock, int Shards)
{
    public static TemplateResponse Of(Template template) => new(
        OfferResponse.Of(template.Terms), template.State, template.Version, template.Stock, template.Shards);
}
