using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-04: a person has looked: the first get their prizes, once, and everybody sees who has won.</summary>
public sealed class SettleLeaderboard(
    Transactor transactor, PartitionStore store, Rankings rankings, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>What was looked at; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(IReadOnlyList<Winner> Winners);

    [Function(nameof(SettleLeaderboard))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("排行榜结算"), Tags("运营：排行榜")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/leaderboards/{leaderboardId}/settlement")]
        HttpRequest request,
        string leaderboardId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(SettleLeaderboard), caller.Id, body);
        if (await LeaderboardRows.Find(store, leaderboardId, cancel) is not { } board)
            return Answers.Problem(LeaderboardRefusals.Missing);

        var fit = await rankings.Fit(board, cancel);
        var decision = await transactor.Run(
            LeaderboardRows.Desk(leaderboardId),
            operation,
            (desk, now) => LeaderboardRules.Settle(
                desk, fit, board.ExcludedIds.Count, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(new Response(facts.Single().After.Winners!)));
    }
}
