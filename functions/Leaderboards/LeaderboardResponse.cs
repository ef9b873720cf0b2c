namespace Pond.Leaderboards;

/// <summary>A leaderboard as everybody sees it.</summary>
public sealed record LeaderboardResponse(
    string Id,
    string Name,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    LeaderboardPhase Phase,
    IReadOnlyList<LeaderboardPrize> Prizes)
{
    public static LeaderboardResponse Of(Leaderboard board, DateTimeOffset now) =>
        new(board.Id, board.Name, board.StartsAt, board.EndsAt, board.PhaseAt(now), board.Prizes);
}
