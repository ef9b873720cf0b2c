using Pond.Kernel;

namespace Pond.Leaderboards;

/// <summary>The "no"s of this slice.</summary>
public static class LeaderboardRefusals
{
    public static readonly Refusal Missing = new("leaderboard.missing", RefusalKind.Missing, "没有找到该排行榜。");

    public static readonly Refusal Settled =
        new("leaderboard.settled", RefusalKind.Conflict, "排行榜已结算，不能再变更。");

    public static readonly Refusal Changed =
        new("leaderboard.changed", RefusalKind.Conflict, "排行榜刚有变动，请刷新后重试。");

    public static readonly Refusal NotOver =
        new("leaderboard.not_over", RefusalKind.Conflict, "排行榜还没有过审核期，暂不能结算。");

    public static readonly Refusal NotOnIt =
        new("leaderboard.not_on_it", RefusalKind.Conflict, "您还没有上榜。");

    public static readonly Refusal TooMany =
        new("leaderboard.too_many", RefusalKind.Conflict, "未结算的排行榜过多，请先结算部分排行榜。");

    public static readonly Refusal TooManyExcluded =
        new("leaderboard.too_many_excluded", RefusalKind.Conflict, "该排行榜排除的会员过多。");

    public static readonly Refusal BadWindow =
        new("leaderboard.bad_window", RefusalKind.Invalid, "结束时间须晚于开始时间和现在，且不超过 366 天。");

    public static readonly Refusal BadPlaces =
        new("leaderboard.bad_places", RefusalKind.Invalid, "奖项的名次须从第 1 名起依次相接，且不超过第 20 名。");

    public static readonly Refusal BadHonour =
        new("leaderboard.bad_honour", RefusalKind.Invalid, "称号和称号天数须同时填写。");
}
