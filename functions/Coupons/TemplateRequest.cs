using System.ComponentModel.DataAnnotations;
using Pond.Platform.Http;
using Pond.Products;
using Pond.Promotions;

namespace Pond.Coupons;

/// <summary>What marketing says of a coupon, when it drafts a template and when it changes the draft.</summary>
public record TemplateRequest
{
    [Text(1, 40)]
    public required string Name { get; init; }

    public required DiscountKind Kind { get; init; }

    /// <summary>
    /// Fen less, for <c>amountOff</c>: at most the threshold, unless there is none; for <c>everyOff</c>: at most
    /// <c>everyFen</c>.
    /// </summary>
    [Whole(1, TemplateRules.AmountFenMax)]
    public long? AmountFen { get; init; }

    /// <summary>Hundredths of a percent less, for <c>percentOff</c>: 1500 is 八五折.</summary>
    [Whole(1, TemplateRules.OffBpMax)]
    public int? OffBp { get; init; }

    /// <summary>The most that <c>percentOff</c>, <c>everyOff</c> and <c>freeShipping</c> take off.</summary>
    [Whole(1, TemplateRules.AmountFenMax)]
    public long? CapFen { get; init; }

    /// <summary>For <c>everyOff</c>: the amount comes off once for each such part.</summary>
    [Whole(1, TemplateRules.AmountFenMax)]
    public long? EveryFen { get; init; }

    /// <summary>For <c>fixedPrice</c>: what one piece costs, the dearest.</summary>
    [Whole(1, TemplateRules.AmountFenMax)]
    public long? PriceFen { get; init; }

    /// <summary>For <c>gift</c>: what comes along.</summary>
    [GoodsId]
    public string? GiftSkuId { get; init; }

    /// <summary>The least that the goods must cost; 0 for none.</summary>
    [Whole(0, TemplateRules.AmountFenMax)]
    public required long ThresholdFen { get; init; }

    public required DateTimeOffset ClaimFrom { get; init; }

    public required DateTimeOffset ClaimUntil { get; init; }

    /// <summary>Days that a coupon lasts, the day of the claim being the first.</summary>
    [Whole(1, TemplateRules.ValidDaysMax)]
    public required int ValidDays { get; init; }

    /// <summary>Coupons that one member may claim.</summary>
    [Whole(1, TemplateRules.PerMemberMax)]
    public required int PerMember { get; init; }

    /// <summary>Good for the goods of these categories; with neither this nor the next two, for all.</summary>
    [GoodsIds]
    public IReadOnlyList<string>? CategoryIds { get; init; }

    [GoodsIds]
    public IReadOnlyList<string>? SpuIds { get; init; }

    [GoodsIds]
    public IReadOnlyList<string>? SkuIds { get; init; }

    /// <summary>Categories, SPUs and SKUs that it is never good for.</summary>
    [GoodsIds]
    public IReadOnlyList<string>? ExcludedIds { get; init; }

    /// <summary>The days in China on which it can be used; all when null.</summary>
    [Length(1, CouponScope.WeekdaysMax, ErrorMessage = "须为 1 至 7 天")]
    public IReadOnlyList<DayOfWeek>? Weekdays { get; init; }

    /// <summary>The hour in China from which it can be used each day.</summary>
    [Whole(0, CouponScope.HoursPerDay - 1)]
    public int? FromHour { get; init; }

    /// <summary>The hour from which it no longer can; after midnight when it is not later than the first.</summary>
    [Whole(1, CouponScope.HoursPerDay)]
    public int? UntilHour { get; init; }

    /// <summary>New members registered at most thirty days ago.</summary>
    public CouponAudience Audience { get; init; }

    /// <summary>Whether who has claimed it may give it to a friend, once.</summary>
    public bool Transferable { get; init; }

    /// <summary>The promotion that opens and closes it, beside its own window; null for none.</summary>
    [PromotionId]
    public string? PromotionId { get; init; }

    /// <summary>The terms that it asks for.</summary>
    public CouponTerms Terms(string templateId) => new(
        templateId,
        Name,
        new Discount(
            Kind, AmountFen, OffBp, CapFen, EveryFen, PriceFen, GiftSkuId),
        ThresholdFen,
        ClaimFrom,
        ClaimUntil,
        ValidDays,
        PerMember,
        Scope(),
        Transferable,
        PromotionId);

    private CouponScope? Scope()
    {
        var scope = new CouponScope(
            CategoryIds, SpuIds, SkuIds, ExcludedIds, Weekdays, FromHour, UntilHour,
            Audience);
        return scope == CouponScope.All ? null : scope;
    }
}
