using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-04: who stands where, for whoever looks at it before it is settled.</summary>
public sealed class GetLeaderboardReview(
    PartitionStore store, Rankings rankings, OperatorCallers callers, TimeProvider clock)
{
    /// <summary>As many again as have a prize: those who would move up.</summary>
    private const int Lines = 2 * Leaderboard.PlacesMax;

    public sealed record Line(int Place, string SharerId, int Friends, DateTimeOffset ReachedAt);

    /// <param name="SettlesFrom">When it may be settled.</param>
    /// <param name="Winners">Null until it is.</param>
    public sealed record Response(
        LeaderboardResponse Board,
        DateTimeOffset SettlesFrom,
        IReadOnlyList<Line> First,
        IReadOnlyList<string> ExcludedIds,
        IReadOnlyList<Winner>? Winners);

    [Function(nameof(GetLeaderboardReview))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("排行榜审核"), Tags("运营：排行榜")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/leaderboards/{leaderboardId}")]
        HttpRequest request,
        string leaderboardId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await LeaderboardRows.Find(store, leaderboardId, cancel) is not { } board)
            return Answers.Problem(LeaderboardRefusals.Missing);

        var ranking = await rankings.Of(board, cancel);
        return Results.Ok(new Response(
            LeaderboardResponse.Of(board, clock.GetUtcNow()),
            board.SettlesFrom,
            [
                .. ranking.First.Take(Lines).Select((score, index) =>
                    new Line(index + 1, score.SharerId, score.Friends, score.ReachedAt)),
            ],
            board.ExcludedIds,
            board.Winners));
    }
}
