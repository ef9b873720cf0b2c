using Pond.Kernel;
using Pond.Members;

namespace Pond.Referrals;

/// <summary>REF-03, REF-04: how a friend comes, buys and is rewarded, once. Pure.</summary>
public static class ReferralRules
{
    public const string Self = "self";
    public const string ReferrerGone = "referrer_gone";
    public const string ReferrerNew = "referrer_new";
    public const string FriendGone = "friend_gone";
    public const string Frozen = "frozen";
    public const string TooFast = "too_fast";
    public const string Budget = "budget";
    public const string Refused = "refused";

    private static readonly TimeSpan Velocity = TimeSpan.FromHours(1);

    /// <summary>Somebody has registered by an invitation. Whoever is known already stays whose they are.</summary>
    public static Decision<FriendMoved> Register(
        ReferralDesk desk, Arrived arrived, Inviter inviter, ReferralProgramme programme, DateTimeOffset now)
    {
        if (desk.Friend is not null || !(programme.OnSince <= arrived.At)) return Decision<FriendMoved>.Nothing;

        var before = desk.Referrer ?? Referrer.New(inviter.SharerId);
        DateTimeOffset[] recent =
        [
            .. before.Recent.Where(at => at > arrived.At - Velocity).TakeLast(programme.FriendsPerHourMax), arrived.At,
        ];
        var whyNot = WhyNot(arrived, inviter, programme);
        var friend = new Friend(
            inviter.SharerId, arrived.MemberId, inviter.Token, inviter.Channel, arrived.At, programme,
            whyNot is null ? FriendState.Registered : FriendState.Rejected, whyNot,
            IsSuspicious: recent.Length > programme.FriendsPerHourMax, [], null, null, []);
        return new FriendMoved(null, friend, before with { Recent = recent }, now);
    }

    /// <summary>An order of a friend was paid, or some of it paid back; in whatever order that is heard of.</summary>
    public static Decision<FriendMoved> Hear(ReferralDesk desk, FriendsOrder order, DateTimeOffset now)
    {
        if (desk is not { Friend: { } friend, Referrer: { } referrer }) return Decision<FriendMoved>.Nothing;
        if (With(friend, order) is not { } heard) return Decision<FriendMoved>.Nothing;
        var after = heard.State switch
        {
            FriendState.Registered or FriendState.Qualified => Qualified(heard),
            FriendState.Rewarded => ReversalRules.Reversed(heard),
            _ => heard,
        };
        return new FriendMoved(friend.State, after, referrer, now);
    }

    /// <summary>The reward is due.</summary>
    /// <param name="sharer">Who the referrer is now.</param>
    /// <param name="member">Who the friend is now.</param>
    /// <param name="hasBudget">Whether there is one more reward.</param>
    public static Decision<FriendMoved> Reward(
        ReferralDesk desk, MemberStanding? sharer, MemberStanding? member, bool hasBudget, DateTimeOffset now)
    {
        if (desk is not { Friend: { State: FriendState.Qualified } friend, Referrer: { } referrer }
            || friend.RewardAt > now)
            return Decision<FriendMoved>.Nothing;

        if (MemberStanding.IsGone(sharer)) return End(FriendState.Rejected, ReferrerGone);
        if (MemberStanding.IsGone(member)) return End(FriendState.Rejected, FriendGone);
        if (MemberStanding.IsFrozen(sharer) || MemberStanding.IsFrozen(member))
            return End(FriendState.Reviewing, Frozen);

        if (friend.IsSuspicious) return End(FriendState.Reviewing, TooFast);
        if (!hasBudget) return End(FriendState.Rejected, Budget);

        var isCapped = ReferrerRules.IsCapped(referrer, friend.Terms, now);
        var paid = ReversalRules.Reversed(friend with // some of the money may be back already
        {
            State = FriendState.Rewarded,
            RewardAt = null,
            RewardedAt = now,
            WhyNot = isCapped ? ReferrerRules.Capped : null,
            Payouts =
            [
                .. isCapped ? [] : new[] { PayoutOf(ReferralSide.Referrer, friend.SharerId, friend.Terms.ForReferrer) },
                PayoutOf(ReferralSide.Friend, friend.MemberId, friend.Terms.ForFriend),
            ],
        });
        return new FriendMoved(
            friend.State, paid, isCapped ? referrer : ReferrerRules.Rewarded(referrer, now), now);

        FriendMoved End(FriendState state, string whyNot) =>
            new(friend.State, friend with { State = state, WhyNot = whyNot, RewardAt = null }, referrer, now);
    }

    /// <summary>A person has looked: the reward is due at once, or there is none.</summary>
    public static Decision<FriendMoved> Decide(
        ReferralDesk desk, bool isApproved, string operatorId, string reason, DateTimeOffset now)
    {
        if (desk is not { Friend: { } friend, Referrer: { } referrer }) return ReferralRefusals.Missing;
        if (friend.State is not FriendState.Reviewing) return ReferralRefusals.NotWaiting;

        var after = isApproved
            ? Qualified(friend with { IsSuspicious = false, WhyNot = null })
            : friend with { State = FriendState.Rejected, WhyNot = Refused };
        return new FriendMoved(friend.State, after, referrer, now, new Operators.OperatorActedV1(
            operatorId, "referral.decide", friend.ReferralId, reason,
            FriendState.Reviewing.ToString(), after.State.ToString(), now));
    }

    private static string? WhyNot(Arrived arrived, Inviter inviter, ReferralProgramme programme)
    {
        if (inviter.IsSelf) return Self;
        if (inviter.IsGone) return ReferrerGone;
        return inviter.RegisteredAt?.AddDays(programme.ReferrerDaysMin) > arrived.At ? ReferrerNew : null;
    }

    // With what is new of the order; null when nothing is.
    private static Friend? With(Friend friend, FriendsOrder order)
    {
        var known = friend.Orders.FirstOrDefault(one => one.OrderId == order.OrderId);
        if (known is null && friend.Orders.Count >= Friend.OrdersMax) return null;
        if (known?.RefundedFen >= order.RefundedFen) return null;
        return friend with { Orders = [.. friend.Orders.Where(one => one != known), order] };
    }

    // By the first order that is large enough, and early enough.
    private static Friend Qualified(Friend friend)
    {
        var terms = friend.Terms;
        var order = friend.Orders
            .Where(one => one.LeftFen > 0 && one.LeftFen >= terms.LeastFen
                && one.PaidAt < friend.RegisteredAt.AddDays(terms.QualifyDays))
            .OrderBy(one => one.PaidAt).ThenBy(one => one.OrderId, StringComparer.Ordinal).FirstOrDefault();
        return friend with
        {
            State = order is null ? FriendState.Registered : FriendState.Qualified,
            OrderId = order?.OrderId,
            RewardAt = order?.PaidAt.AddDays(terms.WaitDays),
        };
    }

    private static ReferralPayout PayoutOf(ReferralSide side, string memberId, ReferralReward reward) =>
        new(side, memberId, reward, ReversedPoints: 0, ReversedGrowth: 0, IsRevoked: false);
}

/// <summary>Who has registered, and when.</summary>
public sealed record Arrived(string MemberId, DateTimeOffset At);

/// <summary>Whose invitation it was.</summary>
/// <param name="SharerId">As the share names them.</param>
/// <param name="IsSelf">Whether that is the same person by now.</param>
/// <param name="IsGone">Whether that account is left or banned.</param>
/// <param name="RegisteredAt">Of that account.</param>
public sealed record Inviter(
    string SharerId,
    string Token,
    string? Channel,
    bool IsSelf,
    bool IsGone,
    DateTimeOffset? RegisteredAt);
