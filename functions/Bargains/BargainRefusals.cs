using Pond.Kernel;

namespace Pond.Bargains;

/// <summary>The "no"s of bargains.</summary>
public static class BargainRefusals
{
    public static readonly Refusal AttemptMissing = new("bargain.attempt_missing", RefusalKind.Missing, "没有找到该砍价。");
    public static readonly Refusal Own = new("bargain.own", RefusalKind.Conflict, "该活动不能给自己砍价，请好友来帮忙。");
    public static readonly Refusal Helped = new("bargain.helped", RefusalKind.Conflict, "您已经帮砍过了，每人只能帮砍一次。");
    public static readonly Refusal FloorReached = new("bargain.floor_reached", RefusalKind.Conflict, "已砍到底价，不用再砍了。");
    public static readonly Refusal Over = new("bargain.over", RefusalKind.Conflict, "这次砍价的时间已结束。");
    public static readonly Refusal Ordered = new("bargain.ordered", RefusalKind.Conflict, "这次砍价已有订单，价格不再变化。");
    public static readonly Refusal Done = new("bargain.done", RefusalKind.Conflict, "这次砍价的商品已经买到了。");
    public static readonly Refusal NotAtFloor = new("bargain.not_at_floor", RefusalKind.Conflict, "还没有砍到底价，不能下单。");
    public static readonly Refusal PriceMoved = new("bargain.price_moved", RefusalKind.Conflict, "价格刚刚又降了，请刷新后下单。");
    public static readonly Refusal OrderOver = new("bargain.order_over", RefusalKind.Conflict, "订单已取消，请重新下单。");
    public static readonly Refusal Live = new("bargain.live", RefusalKind.Conflict, "您在该活动中已有进行中的砍价。");
    public static readonly Refusal SoldOut = new("bargain.sold_out", RefusalKind.Exhausted, "商品已抢完，不能再发起砍价。");

    public static readonly Refusal NewHelpersOnly =
        new("bargain.new_helpers_only", RefusalKind.Conflict, "该活动仅限新会员帮砍。");

    public static readonly Refusal DailyLimit =
        new("bargain.daily_limit", RefusalKind.Exhausted, "您今天的帮砍次数已用完，明天再来吧。");

    public static readonly Refusal AttemptsUsed =
        new("bargain.attempts_used", RefusalKind.Exhausted, "您在该活动中的砍价次数已用完。");

    public static readonly Refusal TooLittle =
        new("bargain.too_little", RefusalKind.Invalid, "底价须低于起始价，且每次至少能砍 1 分钱。");

    public static readonly Refusal AboveList =
        new("bargain.above_list", RefusalKind.Invalid, "起始价不能高于商品售价。");

    public static readonly Refusal BadShares =
        new("bargain.bad_shares", RefusalKind.Invalid, "每次砍价比例的下限不能高于上限。");

    public static readonly Refusal Endless = new(
        "bargain.endless", RefusalKind.Invalid,
        "微信小程序运营规范 5.1 禁止诱导反复拉人：所需次数不能超过 50 次。");

    public static readonly Refusal CountHidden = new(
        "bargain.count_hidden", RefusalKind.Invalid,
        "微信小程序运营规范 5.1 要求公示活动规则：不能隐藏砍到底价所需的次数。");

    public static readonly Refusal ForcedSharing = new(
        "bargain.forced_sharing", RefusalKind.Invalid,
        "微信小程序运营规范 5.1 禁止强制或诱导分享、关注：不能作为帮砍的条件或奖励。");
}
