using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-05: a member is shown without a name, or with it again.</summary>
public sealed class HideOnLeaderboard(
    Transactor transactor, PartitionStore store, Rankings rankings, MemberCallers callers, Ids ids)
{
    public sealed record Request
    {
        public required bool IsHidden { get; init; }
    }

    [Function(nameof(HideOnLeaderboard))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("匿名上榜"), Tags("排行榜")]
    [ProducesResponseType<Request>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "leaderboards/{leaderboardId}/visibility")]
        HttpRequest request,
        string leaderboardId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        if (await LeaderboardRows.Find(store, leaderboardId, cancel) is not { } board)
            return Answers.Problem(LeaderboardRefusals.Missing);
        if (await rankings.Best(board, caller.Id, cancel) is not { } own)
            return Answers.Problem(LeaderboardRefusals.NotOnIt);

        var decision = await transactor.Run(
            ScoreRows.Of(board.Id, own.SharerId, referralId: null),
            new Operation(nameof(HideOnLeaderboard), ids.Next(), Fingerprint: null),
            (desk, _) => ScoreRules.Hide(desk, body.IsHidden),
            cancel);
        return decision.ToHttp(_ => Results.Ok(body));
    }
}
