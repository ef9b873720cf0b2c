using Pond.Kernel;

namespace Pond.Referrals;

/// <summary>The "no"s of this slice.</summary>
public static class ReferralRefusals
{
    public static readonly Refusal ProgrammeStale =
        new("referral.programme_stale", RefusalKind.Conflict, "老带新活动已被他人修改，请刷新后重试。");

    public static readonly Refusal BudgetUsed =
        new("referral.budget_used", RefusalKind.Exhausted, "老带新活动的奖励名额已用完。");

    public static readonly Refusal Missing = new("referral.missing", RefusalKind.Missing, "没有找到这条邀请记录。");

    public static readonly Refusal NotWaiting =
        new("referral.not_waiting", RefusalKind.Conflict, "这条邀请记录不在待审核状态。");
}
