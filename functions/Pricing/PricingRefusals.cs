using Pond.Kernel;

namespace Pond.Pricing;

/// <summary>The "no"s of promotions.</summary>
public static class PromotionRefusals
{
    public static readonly Refusal Missing = new("promotion.missing", RefusalKind.Missing, "没有找到该促销活动。");
    public static readonly Refusal Taken = new("promotion.taken", RefusalKind.Conflict, "该促销活动已存在。");
    public static readonly Refusal NoSuchEdge =
        new("promotion.edge", RefusalKind.Conflict, "促销活动当前状态不允许这样变更。");
    public static readonly Refusal TooManyLive =
        new("promotion.too_many_live", RefusalKind.Conflict, "进行中的促销活动过多，请先结束一些。");
    public static readonly Refusal BadWindow =
        new("promotion.window", RefusalKind.Invalid, "促销结束时间须晚于开始时间。");
    public static readonly Refusal BadKind =
        new("promotion.kind", RefusalKind.Invalid, "请只填写该促销类型所需的内容。");
    public static readonly Refusal BadPrice =
        new("promotion.price", RefusalKind.Invalid, "限时价和折扣须填写其中一项。");
    public static readonly Refusal BadSteps =
        new("promotion.steps", RefusalKind.Invalid, "各档门槛须逐档升高，优惠不低于前一档，且都按金额或都按件数。");
    public static readonly Refusal BadOff =
        new("promotion.off", RefusalKind.Invalid, "每档减免金额须低于该档门槛。");
    public static readonly Refusal NoStepBenefit =
        new("promotion.step_benefit", RefusalKind.Invalid, "每一档都须有优惠内容。");
    public static readonly Refusal BadEvery =
        new("promotion.every", RefusalKind.Invalid, "每满优惠只能设置一档，且不含包邮。");
    public static readonly Refusal BadBudget =
        new("promotion.budget", RefusalKind.Invalid, "只有减免金额的促销可以设置预算。");

    // Why a promotion does nothing for a cart.
    public static readonly Refusal NoGoods = new("promotion.no_goods", RefusalKind.Conflict, "没有参加该活动的商品。");
    public static readonly Refusal BelowThreshold =
        new("promotion.below_threshold", RefusalKind.Conflict, "还没达到活动门槛。");
    public static readonly Refusal NoBenefit = new("promotion.no_benefit", RefusalKind.Conflict, "该活动没有更多优惠。");
    public static readonly Refusal NotBest =
        new("promotion.not_best", RefusalKind.Conflict, "已享受更优惠的活动，不能同时参加。");
    public static readonly Refusal NewMembersOnly =
        new("promotion.new_members_only", RefusalKind.Conflict, "该活动仅限新会员参加。");
    public static readonly Refusal TierTooLow =
        new("promotion.tier_too_low", RefusalKind.Conflict, "会员等级还不能参加该活动。");
    public static readonly Refusal UsesUp =
        new("promotion.uses_up", RefusalKind.Exhausted, "该活动的名额已用完。");
    public static readonly Refusal MemberLimit =
        new("promotion.member_limit", RefusalKind.Exhausted, "您参加该活动的次数已达上限。");
    public static readonly Refusal BudgetSpent =
        new("promotion.budget_spent", RefusalKind.Exhausted, "该活动的优惠已发完。");
    public static readonly Refusal UseReleased =
        new("promotion.use_released", RefusalKind.Conflict, "该订单对活动名额的占用已释放。");
}

/// <summary>The "no"s of prices.</summary>
public static class PricingRefusals
{
    public static readonly Refusal DoubledLine =
        new("pricing.doubled_line", RefusalKind.Invalid, "同一商品规格只能出现一次，请合并数量。");
    public static readonly Refusal GoodsMissing =
        new("pricing.goods_missing", RefusalKind.Missing, "有商品不存在，请刷新购物车。");
    public static readonly Refusal OffSale = new("pricing.off_sale", RefusalKind.Conflict, "有商品已下架。");
    public static readonly Refusal PerOrderMax =
        new("pricing.per_order_max", RefusalKind.Conflict, "有商品超出了每单限购数量。");
    public static readonly Refusal CouponsTogether =
        new("pricing.coupons_together", RefusalKind.Conflict, "每单最多使用一张优惠券和一张包邮券。");
    public static readonly Refusal NoCoupons =
        new("pricing.no_coupons", RefusalKind.Conflict, "当前活动不能与优惠券同享。");
    public static readonly Refusal CouponNotBest =
        new("pricing.coupon_not_best", RefusalKind.Conflict, "已使用更优惠的优惠券。");
    public static readonly Refusal GiftGone = new("pricing.gift_gone", RefusalKind.Conflict, "赠品已下架。");
    public static readonly Refusal AddressNeeded =
        new("pricing.address_needed", RefusalKind.Invalid, "请选择收货地址。");
    public static readonly Refusal AddressMissing =
        new("pricing.address_missing", RefusalKind.Missing, "没有找到该收货地址。");
    public static readonly Refusal NotDelivered =
        new("pricing.not_delivered", RefusalKind.Conflict, "有商品不能配送到该地区。");
    public static readonly Refusal FreightMissing =
        new("pricing.freight_missing", RefusalKind.Conflict, "有商品的运费设置有误，请联系客服。");
}

/// <summary>The "no"s of freight templates.</summary>
public static class FreightRefusals
{
    public static readonly Refusal Missing = new("freight.missing", RefusalKind.Missing, "没有找到该运费模板。");
    public static readonly Refusal Taken = new("freight.taken", RefusalKind.Conflict, "该运费模板已存在。");
    public static readonly Refusal VersionPassed =
        new("freight.version", RefusalKind.Conflict, "运费模板已被修改，请刷新后重试。");
    public static readonly Refusal BadRegions =
        new("freight.regions", RefusalKind.Invalid, "每个省级地区在运费模板中只能出现一次。");
}
