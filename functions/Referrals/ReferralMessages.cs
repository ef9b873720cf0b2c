using Pond.Platform;

namespace Pond.Referrals;

/// <summary>
/// What one of the two gets for a friend. All numbers are totals so far: what comes late or twice changes nothing.
/// </summary>
/// <param name="RewardId">Of this side of this friend; the same in every message about it.</param>
/// <param name="ReversedPoints">Of the points, what is taken back by now.</param>
/// <param name="ReversedGrowth">Of the growth, what is taken back by now.</param>
/// <param name="TemplateId">Of a coupon; null for none.</param>
/// <param name="IsRevoked">The coupon is taken back too.</param>
public sealed record ReferralRewardV1(
    string RewardId,
    string MemberId,
    long Points,
    long ReversedPoints,
    long Growth,
    long ReversedGrowth,
    string? TemplateId,
    bool IsRevoked,
    DateTimeOffset At);

/// <summary>A friend waits for a person to look, or does not any more.</summary>
public sealed record ReferralReviewV1(Friend Friend, DateTimeOffset At);

/// <summary>A rewarded friend counts for who brought them, or does not any more.</summary>
/// <param name="Counts">Once it is false it stays so.</param>
/// <param name="At">When the reward came: the same in both.</param>
public sealed record ReferralCountedV1(string ReferralId, string SharerId, bool Counts, DateTimeOffset At);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class ReferralMessages
{
    public const string PointsQueue = "referral-points";
    public const string GrowthQueue = "referral-growth";
    public const string CouponsQueue = "referral-coupons";
    public const string ReviewQueue = "referral-reviews";
    public const string ScoresQueue = "leaderboard-scores";

    /// <summary>To those who give something.</summary>
    public static IEnumerable<Message> Rewarded(ReferralRewardV1 reward)
    {
        if (reward.Points > 0) yield return new Message(PointsQueue, reward);
        if (reward.Growth > 0) yield return new Message(GrowthQueue, reward);
        if (reward.TemplateId is not null) yield return new Message(CouponsQueue, reward);
    }

    /// <summary>To whoever ranks those who bring friends.</summary>
    public static Message Counted(ReferralCountedV1 counted) => new(ScoresQueue, counted);

    public static Message Review(ReferralReviewV1 review) => new(ReviewQueue, review);
}
