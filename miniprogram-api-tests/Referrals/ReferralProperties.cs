using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Referrals;

namespace Pond.Tests.Referrals;

/// <summary>A friend through any history: what is heard twice, late or in any order comes to the same.</summary>
[Rule("REF-05")]
public sealed class ReferralProperties
{
    private static readonly DateTimeOffset Start = HandClock.Start;

    private static readonly ReferralProgramme Terms = ReferralProgramme.None with
    {
        OnSince = Start,
        ForReferrer = new ReferralReward(200, 30, null),
        ForFriend = new ReferralReward(99, 0, null),
        LeastFen = 500,
    };

    private static Gen<FriendsOrder[]> News =>
        from count in Gen.Choose(1, 12)
        from all in (
            from order in Gen.Choose(1, 3)
            from refunded in Gen.Choose(0, order * 1_000)
            select new FriendsOrder($"order-{order}", order * 1_000, refunded, Start.AddDays(order))).ArrayOf(count)
        select all;

    [Fact]
    public void What_is_heard_in_any_order_and_twice_comes_to_the_same() => Prop.ForAll(
        (from news in News from seed in Gen.Choose(0, int.MaxValue) select (news, seed)).ToArbitrary(),
        given =>
        {
            var mixed = given.news.Concat(given.news).ToArray();
            new Random(given.seed).Shuffle(mixed);
            var (one, other) = (Hear(Registered(), given.news).Friend!, Hear(Registered(), mixed).Friend!);
            return (one.State, one.OrderId, one.RewardAt) == (other.State, other.OrderId, other.RewardAt)
                && one.Orders.OrderBy(order => order.OrderId).SequenceEqual(other.Orders.OrderBy(order => order.OrderId));
        }).CheckThoroughly();

    [Fact]
    public void What_is_kept_of_a_reward_is_the_share_of_the_money_that_is_left() => Prop.ForAll(
        (from before in News from after in News select (before, after)).ToArbitrary(),
        given =>
        {
            var desk = Hear(Registered(), given.before);
            desk = Apply(desk, ReferralRules.Reward(
                desk, new("alice", MemberStatus.Active), new("bob", MemberStatus.Active), hasBudget: true, Start.AddDays(30)));
            if (desk.Friend!.State is not FriendState.Rewarded) return desk.Friend.Payouts.Count == 0;
            desk = Hear(desk, given.after);

            var (friend, order) = (desk.Friend!, desk.Friend!.Orders.Single(one => one.OrderId == desk.Friend.OrderId));
            return desk.Referrer!.Rewards == 1
                && (friend.State is FriendState.Reversed) == (order.LeftFen == 0)
                && friend.Payouts.Count == 2
                && friend.Payouts.All(payout =>
                    payout.Reward.Points - payout.ReversedPoints == payout.Reward.Points * order.LeftFen / order.GoodsFen
                    && payout.Reward.Growth - payout.ReversedGrowth == payout.Reward.Growth * order.LeftFen / order.GoodsFen
                    && payout.IsRevoked == (order.LeftFen == 0));
        }).CheckThoroughly();

    [Fact]
    [Rule("REF-04")]
    public void Nobody_is_their_own_friend()
    {
        var self = new Inviter("alice", "token", null, IsSelf: true, IsGone: false, Start.AddDays(-9));

        var moved = ReferralRules.Register(new(null, null), new Arrived("bob", Start), self, Terms, Start).Facts.Single();

        Assert.Equal((FriendState.Rejected, ReferralRules.Self), (moved.Friend.State, moved.Friend.WhyNot));
    }

    private static ReferralDesk Registered()
    {
        var alice = new Inviter("alice", "token", null, IsSelf: false, IsGone: false, Start.AddDays(-9));
        var none = new ReferralDesk(null, null);
        return Apply(none, ReferralRules.Register(none, new Arrived("bob", Start), alice, Terms, Start));
    }

    private static ReferralDesk Hear(ReferralDesk desk, IEnumerable<FriendsOrder> news) =>
        news.Aggregate(desk, (known, order) => Apply(known, ReferralRules.Hear(known, order, Start.AddDays(5))));

    private static ReferralDesk Apply(ReferralDesk desk, Decision<FriendMoved> decision) =>
        decision.Facts.Aggregate(desk, (_, moved) => new ReferralDesk(moved.Referrer, moved.Friend));
}
