namespace Pond.Referrals;

/// <summary>What bringing a friend is worth, as marketing has set it.</summary>
/// <param name="Version">1, 2, 3 … with each change; 0 while nobody has set one.</param>
/// <param name="OnSince">When it was switched on: who registers before is nobody's; null while it is off.</param>
/// <param name="ForReferrer">For whoever brought the friend.</param>
/// <param name="ForFriend">For the friend.</param>
/// <param name="QualifyDays">Within so many days after the registration the friend has to pay an order.</param>
/// <param name="WaitDays">So many days after the payment the reward comes: what is sent back is back by then.</param>
/// <param name="LeastFen">Of the order's goods, less what was paid back.</param>
/// <param name="ReferrerDaysMin">Whoever brings a friend is a member for so many days.</param>
/// <param name="FriendsPerHourMax">Whoever brings more gets their rewards only after a person has looked.</param>
/// <param name="PerDayMax">Rewards of a referrer in one China day; null for no limit.</param>
/// <param name="PerMonthMax">Rewards of a referrer in one month; null for no limit.</param>
/// <param name="PerReferrerMax">Rewards of a referrer in all; null for no limit.</param>
/// <param name="RewardsMax">Rewarded friends in all, whoever brought them; null for no limit.</param>
public sealed record ReferralProgramme(
    int Version,
    DateTimeOffset? OnSince,
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
    int? RewardsMax)
{
    public const int DaysMax = 365;
    public const int WaitDaysMax = 60;
    public const int FriendsPerHourLimit = 100;
    public const int RewardsLimit = 10_000_000;

    /// <summary>What holds while nobody has set anything: nobody gets anything.</summary>
    public static readonly ReferralProgramme None = new(
        0, OnSince: null, ReferralReward.Nothing, ReferralReward.Nothing, QualifyDays: 30, WaitDays: 7, LeastFen: 0,
        ReferrerDaysMin: 0, FriendsPerHourMax: 10, null, null, null, null);
}

/// <summary>What one side gets.</summary>
/// <param name="TemplateId">A coupon of it; null for none.</param>
public sealed record ReferralReward(long Points, long Growth, string? TemplateId)
{
    public static readonly ReferralReward Nothing = new(0, 0, null);
}

/// <summary>Marketing has set another programme.</summary>
/// <param name="Before">Null when it is the first.</param>
public sealed record ReferralProgrammeChanged(
    ReferralProgramme? Before, ReferralProgramme After, string OperatorId, string Reason, DateTimeOffset At);

/// <summary>How many friends have been rewarded, of <see cref="ReferralProgramme.RewardsMax"/>.</summary>
public sealed record ReferralBudget(int Rewards)
{
    public static readonly ReferralBudget Untouched = new(0);
}
