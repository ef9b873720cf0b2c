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
/// <param name="Scope">For what, when and for whom it is good; null for no limit.</param>
/// <param name="IsTransferable">Whether who has claimed it may give it to somebody else, once.</param>
/// <param name="PromotionId">The promotion that opens and closes it, beside its own window; null for none.</param>
public sealed record CouponTerms(
    string TemplateId,
    string Name,
    Discount Discount,
    long ThresholdFen,
    DateTimeOffset ClaimFrom,
    DateTimeOffset ClaimUntil,
    int ValidDays,
    int PerMember,
    CouponScope? Scope = null,
    bool IsTransferable = false,
    string? PromotionId = null);

/// <summary>CPN-02: the types of coupon. What a type has no use for is null.</summary>
/// <param name="Kind">Which type.</param>
/// <param name="AmountFen">
/// What <see cref="DiscountKind.AmountOff"/> and <see cref="DiscountKind.EveryOff"/> take off.
/// </param>
/// <param name="OffBp">Of <see cref="DiscountKind.PercentOff"/>: 1,500 is 八五折.</param>
/// <param name="CapFen">
/// The most that <see cref="DiscountKind.PercentOff"/>, <see cref="DiscountKind.EveryOff"/> and
/// <see cref="DiscountKind.FreeShipping"/> take off; null for no cap.
/// </param>
/// <param name="EveryFen">Of <see cref="DiscountKind.EveryOff"/>: the amount comes off once for each such part.</param>
/// <param name="PriceFen">Of <see cref="DiscountKind.FixedPrice"/>: what one piece costs with the coupon.</param>
/// <param name="GiftSkuId">Of <see cref="DiscountKind.Gift"/>: what comes along.</param>
public sealed record Discount(
    DiscountKind Kind,
    long? AmountFen,
    int? OffBp,
    long? CapFen,
    long? EveryFen = null,
    long? PriceFen = null,
    string? GiftSkuId = null);

/// <summary>Stored by name: never rename one.</summary>
public enum DiscountKind
{
    /// <summary>So many fen less (满减券, or 立减券 without a threshold).</summary>
    AmountOff,

    /// <summary>A share less, up to a cap (折扣券).</summary>
    PercentOff,

    /// <summary>So many fen less for every so many spent (每满减券).</summary>
    EveryOff,

    /// <summary>One piece at a price of its own: the dearest (特价券).</summary>
    FixedPrice,

    /// <summary>No freight, or less (包邮券).</summary>
    FreeShipping,

    /// <summary>Something comes along (赠品券).</summary>
    Gift,

    /// <summary>One piece for nothing: the dearest (兑换券).</summary>
    Exchange,
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
    public static readonly Refusal HeldForOrder =
        new("coupon.held_for_order", RefusalKind.Conflict, "有订单占用优惠券，请先完成或取消订单。");
    public static readonly Refusal NotHeld = new("coupon.not_held", RefusalKind.Conflict, "该订单没有占用这张优惠券。");
    public static readonly Refusal HoldOver = new("coupon.hold_over", RefusalKind.Conflict, "该订单对优惠券的占用已有结果。");
    public static readonly Refusal BadWindow = new("coupon.window", RefusalKind.Invalid, "领取结束时间须晚于开始时间。");
    public static readonly Refusal BadDiscount =
        new("coupon.discount", RefusalKind.Invalid, "优惠内容有误：请只填写该券种所需的内容，且优惠不高于门槛。");
    public static readonly Refusal BadScope =
        new("coupon.scope", RefusalKind.Invalid, "使用时段有误：开始和结束的整点须一起填写，且不能相同。");
    public static readonly Refusal WrongHour = new("coupon.wrong_hour", RefusalKind.Conflict, "不在优惠券的可用时段。");
    public static readonly Refusal NewMembersOnly =
        new("coupon.new_members_only", RefusalKind.Conflict, "该优惠券仅限新会员使用。");
    public static readonly Refusal NoGoods = new("coupon.no_goods", RefusalKind.Conflict, "没有可用该优惠券的商品。");
    public static readonly Refusal BelowThreshold =
        new("coupon.below_threshold", RefusalKind.Conflict, "未达到优惠券的使用门槛。");
    public static readonly Refusal NoBenefit = new("coupon.no_benefit", RefusalKind.Conflict, "使用该优惠券没有优惠。");
    public static readonly Refusal BadShards = new("coupon.shards", RefusalKind.Invalid, "分片数不能多于库存。");
    public static readonly Refusal StockShort =
        new("coupon.stock_short", RefusalKind.Exhausted, "剩余库存不足。");
    public static readonly Refusal BatchMissing = new("coupon.batch_missing", RefusalKind.Missing, "没有找到该批兑换码。");
    public static readonly Refusal BatchNotReady =
        new("coupon.batch_not_ready", RefusalKind.Conflict, "这批兑换码还在生成，请稍后再试。");
    public static readonly Refusal BatchRevoked = new("coupon.batch_revoked", RefusalKind.Conflict, "这批兑换码已作废。");
    public static readonly Refusal BatchExported =
        new("coupon.batch_exported", RefusalKind.Conflict, "这批兑换码已导出过，不能再次导出。");
    public static readonly Refusal CodeMistyped =
        new("coupon.code_mistyped", RefusalKind.Invalid, "兑换码输入有误，请核对后重试。");
    public static readonly Refusal CodeUnknown =
        new("coupon.code_unknown", RefusalKind.Missing, "兑换码无效或已被使用。");
    public static readonly Refusal CodeUsed = new("coupon.code_used", RefusalKind.Conflict, "您已使用过这个兑换码。");
    public static readonly Refusal NotTransferable =
        new("coupon.not_transferable", RefusalKind.Conflict, "这张优惠券不可转赠。");
    public static readonly Refusal Gifting = new("coupon.gifting", RefusalKind.Conflict, "优惠券正在转赠中。");
    public static readonly Refusal Given = new("coupon.given", RefusalKind.Conflict, "优惠券已转赠给好友。");
    public static readonly Refusal Reissued = new("coupon.reissued", RefusalKind.Conflict, "优惠券已补发，请使用新券。");
    public static readonly Refusal NotOver = new("coupon.not_over", RefusalKind.Conflict, "优惠券仍在有效期内，无需补发。");
    public static readonly Refusal GiftMissing = new("coupon.gift_missing", RefusalKind.Missing, "没有找到这份赠礼。");
    public static readonly Refusal GiftOwn = new("coupon.gift_own", RefusalKind.Conflict, "不能领取自己赠出的优惠券。");
    public static readonly Refusal GiftTaken = new("coupon.gift_taken", RefusalKind.Conflict, "这份赠礼已被领取。");
    public static readonly Refusal GiftOver = new("coupon.gift_over", RefusalKind.Conflict, "这份赠礼已失效。");
    public static readonly Refusal StockClaimed =
        new("coupon.stock_claimed", RefusalKind.Conflict, "库存不能少于已领取和已分配的数量。");
    public static readonly Refusal StockBusy =
        new("coupon.stock_busy", RefusalKind.Conflict, "库存正在调整，请稍后再试。");
    public static readonly Refusal NoCodesInPromotion = new(
        "coupon.no_codes_in_promotion", RefusalKind.Conflict, "属于营销活动的优惠券不能生成兑换码。");
    public static readonly Refusal SlotsUsedUp =
        new("coupon.slots_used_up", RefusalKind.Conflict, "该优惠券累计增发过多，请新建模板。");
}
