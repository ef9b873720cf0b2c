using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>
/// Partition <c>rf:{sharerId}</c>: <c>referrer</c> is the head, <c>friend:{memberId}</c> whom they brought, and
/// <c>due:{memberId}</c> those of them whose reward waits for its time.
/// </summary>
public static class ReferralRows
{
    public const string Head = "referrer";
    public const string FriendPrefix = "friend";
    public const string DuePrefix = "due";

    /// <summary>The sweep of rewards that are due.</summary>
    public const string RewardsDue = "referral-rewards";

    /// <summary>For operators: the partition <c>referral-reviews</c>, of those whom a person has to look at.</summary>
    public const string ReviewPartition = "referral-reviews";

    public const string ReviewPrefix = "waiting";

    public static string Partition(string sharerId) => "rf:" + sharerId;

    public static string SharerIn(string partition) => partition[Partition("").Length..];

    /// <summary>The two ids in a referral's id, or null for any other text.</summary>
    public static (string SharerId, string MemberId)? Parse(string referralId) =>
        referralId.Length == 2 * Ids.IdChars
            && Ids.IsId(referralId[..Ids.IdChars]) && Ids.IsId(referralId[Ids.IdChars..])
            ? (referralId[..Ids.IdChars], referralId[Ids.IdChars..])
            : null;

    /// <summary>A referrer and one friend.</summary>
    public static Layout<ReferralDesk, FriendMoved> Of(string sharerId, string memberId) => new(
        Partition(sharerId),
        Head,
        [new Load.One($"{FriendPrefix}:{memberId}"), new Load.One($"{DuePrefix}:{memberId}")],
        Read: rows => new ReferralDesk(rows.Find<Referrer>(Head), rows.Find<Friend>($"{FriendPrefix}:{memberId}")),
        Write: Rows,
        Evolve: (_, moved) => new ReferralDesk(moved.Referrer, moved.Friend),
        Announce: Announce,
        Due: desk => desk.Friend?.RewardAt is { } at ? [new Deadline(RewardsDue, at)] : []);

    /// <summary>The same for whoever only looks.</summary>
    public static async Task<ReferralDesk> Find(
        PartitionStore store, string sharerId, string memberId, CancellationToken cancel)
    {
        var friend = store.Find<Friend>(Partition(sharerId), $"{FriendPrefix}:{memberId}", cancel);
        return new ReferralDesk(await store.Find<Referrer>(Partition(sharerId), Head, cancel), await friend);
    }

    /// <summary>The copy for operators. It is there as long as somebody has to look.</summary>
    public static Layout<ReviewCopy, ReviewCopy> Review(string referralId)
    {
        var row = $"{ReviewPrefix}:{referralId}";
        return new(
            ReviewPartition,
            row,
            Loads: [],
            Read: rows => rows.Find<ReviewCopy>(row) ?? ReviewCopy.None,
            Write: copy => [new StateRow(row, copy)],
            Evolve: (_, after) => after);
    }

    private static IEnumerable<StateRow> Rows(ReferralDesk desk)
    {
        if (desk.Referrer is { } referrer) yield return new StateRow(Head, referrer);
        if (desk.Friend is not { } friend) yield break;
        yield return new StateRow($"{FriendPrefix}:{friend.MemberId}", friend);
        if (friend.RewardAt is { } at) yield return new StateRow($"{DuePrefix}:{friend.MemberId}", new DueReward(at));
    }

    private static IEnumerable<Message> Announce(FriendMoved moved)
    {
        var friend = moved.Friend;
        foreach (var payout in friend.Payouts)
        {
            var reward = new ReferralRewardV1(
                $"{friend.ReferralId}-{payout.Side}", payout.MemberId, payout.Reward.Points, payout.ReversedPoints,
                payout.Reward.Growth, payout.ReversedGrowth, payout.Reward.TemplateId, payout.IsRevoked, moved.At);
            foreach (var message in ReferralMessages.Rewarded(reward)) yield return message;
        }

        if (friend.RewardedAt is { } at && moved.Before != friend.State)
            yield return ReferralMessages.Counted(new ReferralCountedV1(
                friend.ReferralId, friend.SharerId, friend.State is FriendState.Rewarded, at));
        if (moved.Before is FriendState.Reviewing != friend.State is FriendState.Reviewing)
            yield return ReferralMessages.Review(new ReferralReviewV1(friend, moved.At));
        if (moved.Act is { } act) yield return OperatorMessages.Acted(act);
    }
}

/// <summary>When a reward is due.</summary>
public sealed record DueReward(DateTimeOffset At);

/// <summary>A friend as operators see them in the list of those to look at.</summary>
/// <param name="Friend">Null before the first, and once nobody has to look any more.</param>
/// <param name="At">Of the newest news: older news change nothing.</param>
public sealed record ReviewCopy(Friend? Friend, DateTimeOffset At)
{
    public static readonly ReviewCopy None = new(null, DateTimeOffset.MinValue);
}
