using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>
/// What a coupon is worth and to whom it goes. A claimed coupon carries a copy, so that later edits never touch it.
/// </summary>
/// <param name="Discount">What it takes off.</param>
/// <param name="ThresholdFen">The least that the goods must cost; 0 for none.</param>
/// <param name="ClaimFrom">Claims open; the window is half-open.</param>
/// <param name="ClaimUntil">Claims close.</param>
/// <param name="ValidDays">Days that a coupon lasts, the day of the claim being the first.</param>
/// <param name="PerMember">Coupons that one member may claim.</param>
public sealed record CouponTerms(
    string TemplateId,
    string Name,
    Discount Discount,
    long ThresholdFen,
    DateTimeOffset ClaimFrom,
    DateTimeOffset ClaimUntil,
    int ValidDays,
    int PerMember);

/// <summary>CPN-02: the types of coupon.</summary>
/// <param name="Kind">Which type.</param>
/// <param name="AmountFen">Of <see cref="DiscountKind.AmountOff"/>.</param>
/// <param name="OffBp">Of <see cref="DiscountKind.PercentOff"/>: 1,500 is 八五折.</param>
/// <param name="CapFen">The most that a percentage takes off; null for no cap.</param>
public sealed record Discount(DiscountKind Kind, long? AmountFen, int? OffBp, long? CapFen);

/// <summary>Stored by name: never rename one.</summary>
public enum DiscountKind
{
    /// <summary>So many fen less.</summary>
    AmountOff,

    /// <summary>A share less, up to a cap.</summary>
    PercentOff,
}

/// <summary>
/// CPN-01: where a template stands. Scheduled, active and exhausted follow from the clock and the stock. Stored by
/// name.
/// </summary>
public enum TemplateState
{
    Draft,
    Published,
    Paused,
    Ended,
    Archived,
}

/// <summary>The "no"s of this slice.</summary>
public static class CouponRefusals
{
    public static readonly Refusal TemplateMissing = new("coupon.template_missing", RefusalKind.Missing, "没有找到该优惠券。");
    public static readonly Refusal TemplateTaken = new("coupon.template_taken", RefusalKind.Conflict, "该优惠券模板已存在。");
    public static readonly Refusal NoSuchEdge = new("coupon.template_edge", RefusalKind.Conflict, "优惠券模板当前状态不允许这样变更。");
    public static readonly Refusal NotOffered = new("coupon.not_offered", RefusalKind.Conflict, "该优惠券当前不可领取。");
    public static readonly Refusal NotOpen = new("coupon.not_open", RefusalKind.Conflict, "还没到领取时间，请稍后再来。");
    public static readonly Refusal Closed = new("coupon.closed", RefusalKind.Conflict, "领取时间已过。");
    public static readonly Refusal LimitReached = new("coupon.limit_reached", RefusalKind.Conflict, "您已达到该优惠券的领取上限。");
    public static readonly Refusal SoldOut = new("coupon.sold_out", RefusalKind.Exhausted, "优惠券已被领完。");
    public static readonly Refusal Missing = new("coupon.missing", RefusalKind.Missing, "没有找到这张优惠券。");
    public static readonly Refusal Held = new("coupon.held", RefusalKind.Conflict, "优惠券正被另一笔订单占用。");
    public static readonly Refusal Spent = new("coupon.used", RefusalKind.Conflict, "优惠券已使用。");
    public static readonly Refusal Over = new("coupon.expired", RefusalKind.Conflict, "优惠券已过期。");
    public static readonly Refusal Revoked = new("coupon.revoked", RefusalKind.Conflict, "优惠券已作废。");
    public static readonly Refusal Frozen = new("coupon.frozen", RefusalKind.Conflict, "优惠券已被冻结，请联系客服。");
    public static readonly Refusal NotHeld = new("coupon.not_held", RefusalKind.Conflict, "该订单没有占用这张优惠券。");
    public static readonly Refusal HoldOver = new("coupon.hold_over", RefusalKind.Conflict, "该订单对优惠券的占用已有结果。");
    public static readonly Refusal BadWindow = new("coupon.window", RefusalKind.Invalid, "领取结束时间须晚于开始时间。");
    public static readonly Refusal BadDiscount =
        new("coupon.discount", RefusalKind.Invalid, "优惠内容有误：满减券须填写金额且不高于门槛，折扣券须填写折扣。");
    public static readonly Refusal BadShards = new("coupon.shards", RefusalKind.Invalid, "分片数不能多于库存。");
}
