using Pond.Kernel;

namespace Pond.GroupBuys;

/// <summary>The "no"s of groups.</summary>
public static class GroupRefusals
{
    public static readonly Refusal BadSteps =
        new("group_buy.bad_steps", RefusalKind.Invalid, "成团人数须逐级递增，首级不减价，之后逐级多减，且减后价格须大于 0。");

    public static readonly Refusal NoSuchGoods =
        new("group_buy.no_such_goods", RefusalKind.Conflict, "该商品不在此拼团活动中。");

    public static readonly Refusal TooManyPieces =
        new("group_buy.too_many_pieces", RefusalKind.Conflict, "超过了每单限购数量。");

    public static readonly Refusal MemberLimit =
        new("group_buy.member_limit", RefusalKind.Exhausted, "您参加此活动的次数已达上限。");

    public static readonly Refusal Missing = new("group.missing", RefusalKind.Missing, "没有找到该团。");
    public static readonly Refusal NotStarted = new("group.not_started", RefusalKind.Conflict, "团长还没有付款，请稍后再来。");
    public static readonly Refusal Over = new("group.over", RefusalKind.Conflict, "该团已经结束，可以自己开团。");
    public static readonly Refusal Full = new("group.full", RefusalKind.Exhausted, "该团已满，可以自己开团。");
    public static readonly Refusal AlreadyIn = new("group.already_in", RefusalKind.Conflict, "您已经在这个团里。");
    public static readonly Refusal NewcomersOnly =
        new("group.newcomers_only", RefusalKind.Conflict, "该团只限从未下过单的新朋友参加，可以自己开团。");

    public static readonly Refusal NotIn = new("group.not_in", RefusalKind.Conflict, "您没有已付款的名额。");
    public static readonly Refusal OrderOver = new("group.order_over", RefusalKind.Conflict, "该订单已不占用名额。");
}
