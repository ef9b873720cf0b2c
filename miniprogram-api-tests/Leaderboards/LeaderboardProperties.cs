using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Leaderboards;

namespace Pond.Tests.Leaderboards;

/// <summary>Friends of some sharers, told twice and in any order, come to the same places.</summary>
[Rule("LDB-02")]
public sealed class LeaderboardProperties
{
    private static readonly DateTimeOffset Start = HandClock.Start;

    /// <param name="Hour">When the reward came.</param>
    /// <param name="IsBack">Whether all the money went back later.</param>
    public sealed record Told(int Sharer, int Friend, int Hour, bool IsBack)
    {
        public string SharerId => $"sharer-{Sharer}";

        public string ReferralId => $"{SharerId}-{Friend}";
    }

    private static Gen<Told[]> Friends =>
        from count in Gen.Choose(1, 30)
        from all in (
            from sharer in Gen.Choose(0, 4)
            from friend in Gen.Choose(0, 9)
            from hour in Gen.Choose(0, 99)
            from back in Gen.Choose(0, 3)
            select new Told(sharer, friend, hour, back == 0)).ArrayOf(count)
        select all.DistinctBy(told => told.ReferralId).ToArray();

    [Fact]
    public void Each_friend_counts_once_whatever_the_order_and_however_often_it_is_told() => Prop.ForAll(
        (from friends in Friends from seed in Gen.Choose(0, int.MaxValue) select (friends, seed)).ToArbitrary(),
        given =>
        {
            (Told Friend, bool Counts)[] news =
            [
                .. given.friends.Select(friend => (friend, true)),
                .. given.friends.Where(friend => friend.IsBack).Select(friend => (friend, false)),
            ];
            var mixed = news.Concat(news).ToArray();
            new Random(given.seed).Shuffle(mixed);
            var (shard, scores) = Count(mixed);

            var expected = given.friends.Where(friend => !friend.IsBack).GroupBy(friend => friend.SharerId)
                .ToDictionary(group => group.Key, group => group.Count());
            var counted = scores.Values.Where(score => score.Friends > 0).ToArray();
            return counted.Length == expected.Count
                && counted.All(score => expected[score.SharerId] == score.Friends)
                && shard.First.SequenceEqual(ScoreRules.InOrder(counted))
                && shard.Members.OrderBy(one => one.Key).SequenceEqual(
                    expected.Values.CountBy(friends => friends).OrderBy(one => one.Key));
        }).CheckThoroughly();

    [Fact]
    [Rule("LDB-03")]
    public void Beyond_the_first_those_with_as_many_friends_share_a_place()
    {
        Score[] first = [new("a", 5, Start, false), new("b", 3, Start, false)];
        var ranking = new Ranking(first, new Dictionary<int, int> { [5] = 1, [3] = 1, [2] = 4, [1] = 9 });

        Assert.Equal(2, ranking.PlaceOf(first[1]));
        Assert.Equal(3, ranking.PlaceOf(new Score("c", 2, Start, false)));
        Assert.Equal(7, ranking.PlaceOf(new Score("d", 1, Start, false)));
    }

    [Fact]
    [Rule("LDB-04")]
    public void A_board_that_has_changed_since_it_was_looked_at_is_not_settled()
    {
        var board = new Leaderboard(
            "board", "推荐榜", Start, Start.AddDays(1), 0, [new LeaderboardPrize(1, 1, 5, 0, null, null, 0)], ["cheat"]);

        var settled = LeaderboardRules.Settle(
            new LeaderboardDesk(1, board), [("cheat", 9)], excluded: 0, "op", "核对", Start.AddDays(2));

        Assert.Equal(LeaderboardRefusals.Changed, settled.Refusal);
    }

    private static (ScoreShard Shard, Dictionary<string, Score> Scores) Count((Told Friend, bool Counts)[] news)
    {
        var (shard, scores) = (ScoreShard.Empty, new Dictionary<string, Score>());
        var friends = new Dictionary<string, CountedFriend>();
        foreach (var (friend, counts) in news)
        {
            var desk = new ScoreDesk(
                shard, scores.GetValueOrDefault(friend.SharerId), friends.GetValueOrDefault(friend.ReferralId));
            var decision = ScoreRules.Count(desk, friend.SharerId, counts, Start.AddHours(friend.Hour));
            foreach (var moved in decision.Facts)
            {
                var after = ScoreRules.Evolve(desk, moved);
                (shard, scores[friend.SharerId]) = (after.Shard, after.Score!);
                friends[friend.ReferralId] = after.Friend!;
            }
        }

        return (shard, scores);
    }
}
