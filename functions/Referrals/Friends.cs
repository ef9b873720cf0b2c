using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Referrals;

/// <summary>REF-03: a member whom another one has brought.</summary>
/// <param name="SharerId">Who brought them, as the share names them; whoever that is by now gets the reward.</param>
/// <param name="Token">Of the share or invitation that they followed.</param>
/// <param name="Channel">Where it was shared; null when that was not said.</param>
/// <param name="Terms">Those of the registration, whatever is changed later.</param>
/// <param name="WhyNot">Why there is no reward, or a person has to look; null for neither.</param>
/// <param name="IsSuspicious">One of too many in an hour.</param>
/// <param name="Orders">The first that they paid, each with what is left of it.</param>
/// <param name="OrderId">The one that counts; null while none does.</param>
/// <param name="RewardAt">When the reward is due; null while it is not.</param>
/// <param name="Payouts">What was paid, and taken back of it; none before that.</param>
/// <param name="RewardedAt">When that was; null before it.</param>
public sealed record Friend(
    string SharerId,
    string MemberId,
    string Token,
    string? Channel,
    DateTimeOffset RegisteredAt,
    ReferralProgramme Terms,
    FriendState State,
    string? WhyNot,
    bool IsSuspicious,
    IReadOnlyList<FriendsOrder> Orders,
    string? OrderId,
    DateTimeOffset? RewardAt,
    IReadOnlyList<ReferralPayout> Payouts,
    DateTimeOffset? RewardedAt = null)
{
    /// <summary>The orders that are remembered: more do not make a better friend.</summary>
    public const int OrdersMax = 10;

    /// <summary>Leads to the row: the sharer's id, then the friend's.</summary>
    [JsonIgnore]
    public string ReferralId => SharerId + MemberId;
}

/// <summary>Stored by name: never rename one.</summary>
public enum FriendState
{
    /// <summary>Has come, and bought nothing that counts.</summary>
    Registered,

    /// <summary>Has bought; the reward waits until nothing is sent back any more.</summary>
    Qualified,

    /// <summary>A person looks before there is a reward.</summary>
    Reviewing,

    Rewarded,

    /// <summary>There is no reward, and will be none.</summary>
    Rejected,

    /// <summary>It was paid, and all of it taken back.</summary>
    Reversed,
}

/// <summary>What a paid order of a friend is worth.</summary>
/// <param name="GoodsFen">Paid for goods.</param>
/// <param name="RefundedFen">Of that, paid back so far.</param>
public sealed record FriendsOrder(string OrderId, long GoodsFen, long RefundedFen, DateTimeOffset PaidAt)
{
    public long LeftFen => GoodsFen - RefundedFen;
}

/// <summary>What one of the two got.</summary>
/// <param name="ReversedPoints">Of the points, what is taken back by now.</param>
/// <param name="ReversedGrowth">Of the growth, what is taken back by now.</param>
/// <param name="IsRevoked">The coupon is taken back too.</param>
public sealed record ReferralPayout(
    ReferralSide Side,
    string MemberId,
    ReferralReward Reward,
    long ReversedPoints,
    long ReversedGrowth,
    bool IsRevoked);

/// <summary>Which of the two. Stored by name: never rename one.</summary>
public enum ReferralSide
{
    Referrer,
    Friend,
}

/// <summary>REF-04: what limits one referrer.</summary>
/// <param name="Recent">Registrations of the last hour, the oldest first; no more than are needed to tell.</param>
/// <param name="Rewards">In all.</param>
/// <param name="Day">Of the newest reward; null before the first.</param>
public sealed record Referrer(
    string SharerId, IReadOnlyList<DateTimeOffset> Recent, int Rewards, ChinaDay? Day, int OfDay, int OfMonth)
{
    public static Referrer New(string sharerId) => new(sharerId, [], 0, null, 0, 0);
}

/// <summary>What the rules look at: the referrer, and one friend; null for whom there is nothing yet.</summary>
public sealed record ReferralDesk(Referrer? Referrer, Friend? Friend);

/// <summary>A friend has moved.</summary>
/// <param name="Before">Null for a new one.</param>
/// <param name="Friend">As they are from now on.</param>
/// <param name="Referrer">As they are from now on.</param>
/// <param name="Act">The operator who stands behind it; null when none does.</param>
public sealed record FriendMoved(
    FriendState? Before,
    Friend Friend,
    Referrer Referrer,
    DateTimeOffset At,
    Operators.OperatorActedV1? Act = null);
