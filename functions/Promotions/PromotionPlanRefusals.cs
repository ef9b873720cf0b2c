using Pond.Kernel;

namespace Pond.Promotions;

/// <summary>The "no"s that shoppers hear.</summary>
public static class DoorRefusals
{
    public static readonly Refusal NotOpen =
        new("promotion.not_open", RefusalKind.Conflict, "活动还没有开始，或不在活动时段。");

    public static readonly Refusal Paused =
        new("promotion.paused", RefusalKind.Conflict, "活动已暂停，请稍后再来。");

    public static readonly Refusal Ended = new("promotion.ended", RefusalKind.Conflict, "活动已经结束。");

    public static readonly Refusal NotForYou =
        new("promotion.not_for_you", RefusalKind.Conflict, "您暂不在本次活动的参与范围内。");

    public static readonly Refusal GivenOut =
        new("promotion.given_out", RefusalKind.Exhausted, "本次活动的优惠券已发完。");
}

/// <summary>The "no"s that operators hear.</summary>
public static class PromotionPlanRefusals
{
    public static readonly Refusal Unknown =
        new("promotion.unknown", RefusalKind.Missing, "没有找到该营销活动。");

    public static readonly Refusal Stale =
        new("promotion.stale", RefusalKind.Conflict, "营销活动已被他人修改，请刷新后重试。");

    public static readonly Refusal NoSuchEdge =
        new("promotion.no_such_edge", RefusalKind.Conflict, "营销活动当前的状态不能这样变更。");

    public static readonly Refusal Own =
        new("promotion.own", RefusalKind.Forbidden, "不能审批自己提交的营销活动，请由另一位同事审批。");

    public static readonly Refusal Fixed = new(
        "promotion.fixed", RefusalKind.Conflict, "已审批的营销活动只能延长结束时间、增加发放上限或暂停。");

    public static readonly Refusal BadRange = new(
        "promotion.bad_range", RefusalKind.Invalid, "结束时间须晚于开始时间，且活动不超过 366 天。");

    public static readonly Refusal BadHours =
        new("promotion.bad_hours", RefusalKind.Invalid, "每个时段的开始和结束的整点不能相同。");

    public static readonly Refusal NeverOpen =
        new("promotion.never_open", RefusalKind.Invalid, "在活动的起止时间内没有任何开放时段。");

    public static readonly Refusal BadAudience =
        new("promotion.bad_audience", RefusalKind.Invalid, "请只填写该类参与范围所需的内容。");

    public static readonly Refusal DoubledPart =
        new("promotion.doubled_part", RefusalKind.Invalid, "同一内容不能在一个营销活动中出现两次。");

    public static readonly Refusal NoParts =
        new("promotion.no_parts", RefusalKind.Conflict, "请先为营销活动添加内容。");

    public static readonly Refusal PartUnfit = new(
        "promotion.part_unfit", RefusalKind.Conflict, "有内容不存在、不属于该营销活动或尚未发布，请检查后再提交。");

    public static readonly Refusal NoSuchPhase =
        new("promotion.no_such_phase", RefusalKind.Invalid, "没有这种活动状态。");

    public static readonly Refusal BadGuess = new(
        "promotion.bad_guess", RefusalKind.Invalid, "members 须为 1 至 100000000，takeUpBp 须为 1 至 10000。");
}
