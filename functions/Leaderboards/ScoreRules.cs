using Pond.Kernel;

namespace Pond.Leaderboards;

/// <summary>LDB-02, LDB-03, LDB-05: counts friends, each once, and ranks those who brought them. Pure.</summary>
public static class ScoreRules
{
    /// <summary>
    /// The first that a part remembers: so many more than have a prize that those who fall back leave others behind
    /// them that are remembered too.
    /// </summary>
    public const int FirstMax = 10 * Leaderboard.PlacesMax;

    /// <summary>A friend counts, or does not any more; in whatever order, and however often, that is heard.</summary>
    public static Decision<ScoreMoved> Count(ScoreDesk desk, string sharerId, bool counts, DateTimeOffset at)
    {
        if (desk.Friend is { Counts: false } || desk.Friend?.Counts == counts) return Decision<ScoreMoved>.Nothing;

        var score = desk.Score ?? new Score(sharerId, Friends: 0, at, IsHidden: false);
        if (counts)
            score = score with { Friends = score.Friends + 1, ReachedAt = at > score.ReachedAt ? at : score.ReachedAt };
        else if (desk.Friend is not null)
            score = score with { Friends = score.Friends - 1 };
        return new ScoreMoved(score, new CountedFriend(counts));
    }

    /// <summary>A member wants to be shown without a name, or with it again.</summary>
    public static Decision<ScoreMoved> Hide(ScoreDesk desk, bool isHidden)
    {
        if (desk.Score is not { } score) return LeaderboardRefusals.NotOnIt;
        return score.IsHidden == isHidden
            ? Decision<ScoreMoved>.Nothing
            : new ScoreMoved(score with { IsHidden = isHidden }, Friend: null);
    }

    public static ScoreDesk Evolve(ScoreDesk desk, ScoreMoved moved)
    {
        var after = moved.Score;
        var members = new Dictionary<int, int>(desk.Shard.Members);
        Add(members, desk.Score?.Friends ?? 0, -1);
        Add(members, after.Friends, 1);
        var first = desk.Shard.First.Where(score => score.SharerId != after.SharerId);
        if (after.Friends > 0) first = first.Append(after);
        return new ScoreDesk(
            new ScoreShard([.. InOrder(first).Take(FirstMax)], members), after, moved.Friend ?? desk.Friend);
    }

    /// <summary>Most friends first; of two with as many who had them earlier, and then by id.</summary>
    public static IEnumerable<Score> InOrder(IEnumerable<Score> scores) => scores
        .OrderByDescending(score => score.Friends)
        .ThenBy(score => score.ReachedAt)
        .ThenBy(score => score.SharerId, StringComparer.Ordinal);

    private static void Add(Dictionary<int, int> members, int friends, int count)
    {
        if (friends == 0) return;
        var after = members.GetValueOrDefault(friends) + count;
        if (after == 0) members.Remove(friends);
        else members[friends] = after;
    }
}
