using Pond.Kernel;

namespace Pond.Points;

/// <summary>The "no"s of this slice.</summary>
public static class PointsRefusals
{
    public static readonly Refusal Insufficient = new("points.insufficient", RefusalKind.Exhausted, "积分不足。");
    public static readonly Refusal CauseTaken = new("points.cause_taken", RefusalKind.Conflict, "该事项已记过不同数额的积分。");
    public static readonly Refusal BalanceFull = new("points.balance_full", RefusalKind.Conflict, "积分已达上限。");
    public static readonly Refusal DoneToday = new("check_in.done_today", RefusalKind.Conflict, "今天已经签到过了，明天再来吧。");
    public static readonly Refusal DoneThatDay = new("check_in.done_that_day", RefusalKind.Conflict, "这一天已经签到过了。");
    public static readonly Refusal NoMakeUpDay = new("check_in.no_make_up_day", RefusalKind.Invalid, "这一天不能补签。");
    public static readonly Refusal NoCards = new("check_in.no_cards", RefusalKind.Exhausted, "本月的补签卡已用完。");
    public static readonly Refusal ProgrammeStale =
        new("check_in.programme_stale", RefusalKind.Conflict, "签到活动已被他人修改，请刷新后重试。");
    public static readonly Refusal RewardTwice = new("check_in.reward_twice", RefusalKind.Invalid, "同一天数只能设置一项奖励。");
    public static readonly Refusal RewardBeyond = new("check_in.reward_beyond", RefusalKind.Invalid, "奖励的天数超出了周期。");
    public static readonly Refusal CycleEmpty = new("check_in.cycle_empty", RefusalKind.Invalid, "循环签到至少要有一项连续奖励。");
    public static readonly Refusal CardsUseless =
        new("check_in.cards_useless", RefusalKind.Invalid, "补签卡张数和补签天数须同时设置。");
    public static readonly Refusal Zero = new("points.zero", RefusalKind.Invalid, "积分数额不能为零。");
    public static readonly Refusal InDebt = new("points.in_debt", RefusalKind.Exhausted, "有积分待扣回，暂不能使用积分。");
    public static readonly Refusal HoldLength = new("points.hold_length", RefusalKind.Invalid, "积分预留的期限不对。");
    public static readonly Refusal TooManyHolds = new("points.too_many_holds", RefusalKind.Exhausted, "待付款的订单太多了。");
    public static readonly Refusal HoldMissing = new("points.hold_missing", RefusalKind.Missing, "没有这笔积分预留。");
    public static readonly Refusal HoldPosted = new("points.hold_posted", RefusalKind.Conflict, "这笔预留的积分已经使用。");
    public static readonly Refusal HoldVoided = new("points.hold_voided", RefusalKind.Conflict, "这笔预留的积分已经退回。");
    public static readonly Refusal HoldLapsed = new("points.hold_lapsed", RefusalKind.Conflict, "这笔积分预留已过期。");
    public static readonly Refusal CauseMissing = new("points.cause_missing", RefusalKind.Missing, "该事项没有记过积分。");
    public static readonly Refusal HeldForOrder =
        new("points.held_for_order", RefusalKind.Conflict, "有订单占用积分，请先完成或取消订单。");
    public static readonly Refusal BadShare = new("points.bad_share", RefusalKind.Invalid, "退款的份额不对。");
}
