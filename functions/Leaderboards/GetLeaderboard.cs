using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>
/// LDB-03, LDB-05: how a leaderboard stands, or who has won. Of anybody no more is seen than the first character of
/// the nickname, and of who wants to be hidden nothing.
/// </summary>
public sealed class GetLeaderboard(
    PartitionStore store, Rankings rankings, MemberCallers callers, MemberNames names, TimeProvider clock)
{
    private const string Hidden = "匿名";

    /// <param name="Name">Masked.</param>
    public sealed record Line(int Place, string Name, int Friends);

    /// <param name="Place">Exact among the first; beyond them those with as many friends share one.</param>
    public sealed record Own(int Place, int Friends, bool IsHidden);

    /// <param name="Own">The caller's; null for who is not on it, or not logged in, or once it is settled.</param>
    public sealed record Response(LeaderboardResponse Board, IReadOnlyList<Line> First, Own? Own);

    [Function(nameof(GetLeaderboard))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("排行榜"), Tags("排行榜")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "leaderboards/{leaderboardId}")] HttpRequest request,
        string leaderboardId,
        CancellationToken cancel)
    {
        var viewer = await callers.Find(request, cancel);
        if (await LeaderboardRows.Find(store, leaderboardId, cancel) is not { } board)
            return Answers.Problem(LeaderboardRefusals.Missing);

        var response = LeaderboardResponse.Of(board, clock.GetUtcNow());
        if (board.Winners is { } winners)
        {
            var won = await Task.WhenAll(winners.Select(async winner => new Line(
                winner.Place, await NameOf(board, winner.MemberId, cancel), winner.Friends)));
            return Results.Ok(new Response(response, won, Own: null));
        }

        var ranking = await rankings.Of(board, cancel);
        var first = await Task.WhenAll(ranking.First.Take(board.Places).Select(async (score, index) => new Line(
            index + 1, score.IsHidden ? Hidden : await names.Shown(score.SharerId, cancel), score.Friends)));
        var own = viewer is null ? null : await rankings.Best(board, viewer.Id, cancel);
        return Results.Ok(new Response(
            response,
            first,
            own is null || board.ExcludedIds.Contains(own.SharerId)
                ? null
                : new Own(ranking.PlaceOf(own), own.Friends, own.IsHidden)));
    }

    private async Task<string> NameOf(Leaderboard board, string memberId, CancellationToken cancel) =>
        await rankings.Best(board, memberId, cancel) is { IsHidden: true }
            ? Hidden
            : await names.Shown(memberId, cancel);
}
