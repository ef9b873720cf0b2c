namespace Pond.Leaderboards;

/// <summary>LDB-02: how many friends a sharer has brought within a leaderboard's window.</summary>
/// <param name="ReachedAt">When the newest of them counted: of two who have as many, the earlier is first.</param>
/// <param name="IsHidden">LDB-05: shown without a name.</param>
public sealed record Score(string SharerId, int Friends, DateTimeOffset ReachedAt, bool IsHidden);

/// <summary>A friend, so that each counts once, and one who does not any more never again.</summary>
public sealed record CountedFriend(bool Counts);

/// <summary>LDB-03: one part of a leaderboard: the first of it, and how many members have how many friends.</summary>
/// <param name="First">At most <see cref="ScoreRules.FirstMax"/>, in order.</param>
/// <param name="Members">By number of friends; nobody with none.</param>
public sealed record ScoreShard(IReadOnlyList<Score> First, IReadOnlyDictionary<int, int> Members)
{
    public static readonly ScoreShard Empty = new([], new Dictionary<int, int>());
}

/// <summary>A sharer, one of the friends, and the part of the leaderboard that they are in.</summary>
public sealed record ScoreDesk(ScoreShard Shard, Score? Score, CountedFriend? Friend);

/// <summary>A score has changed.</summary>
/// <param name="Friend">Null when it is about none.</param>
public sealed record ScoreMoved(Score Score, CountedFriend? Friend);
