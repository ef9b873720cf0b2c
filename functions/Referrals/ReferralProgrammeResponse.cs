namespace Pond.Referrals;

/// <summary>The programme as operators see it.</summary>
/// <param name="Version">To send along with a change; 0 while nobody has set one.</param>
/// <param name="Rewards">Friends that have been rewarded so far.</param>
public sealed record ReferralProgrammeResponse(
    int Version,
    bool IsOn,
    ReferralReward ForReferrer,
    ReferralReward ForFriend,
    int QualifyDays,
    int WaitDays,
    long LeastFen,
    int ReferrerDaysMin,
    int FriendsPerHourMax,
    int? PerDayMax,
    int? PerMonthMax,
    int? PerReferrerMax,
    int? RewardsMax,
    int Rewards)
{
    public static ReferralProgrammeResponse Of(ReferralProgramme programme, ReferralBudget budget) => new(
        programme.Version, programme.OnSince is not null, programme.ForReferrer, programme.ForFriend,
        programme.QualifyDays, programme.WaitDays, programme.LeastFen, programme.ReferrerDaysMin,
        programme.FriendsPerHourMax, programme.PerDayMax, programme.PerMonthMax, programme.PerReferrerMax,
        programme.RewardsMax, budget.Rewards);
}
