using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Leaderboards;

/// <summary>LDB-04: a person takes off the leaderboard who has cheated. It cannot be undone.</summary>
public sealed class ExcludeFromLeaderboard(Transactor transactor, OperatorCallers callers)
{
    public sealed record Request : IValidatableObject
    {
        /// <summary>As the review names them.</summary>
        [Text(Ids.IdChars, Ids.IdChars)]
        public required string SharerId { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (!Ids.IsId(SharerId)) yield return new ValidationResult("无效的会员编号", [nameof(SharerId)]);
        }
    }

    public sealed record Response(IReadOnlyList<string> ExcludedIds);

    [Function(nameof(ExcludeFromLeaderboard))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("排行榜除名"), Tags("运营：排行榜")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/leaderboards/{leaderboardId}/exclusions")]
        HttpRequest request,
        string leaderboardId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(ExcludeFromLeaderboard), caller.Id, body);
        if (!Ids.IsId(leaderboardId)) return Answers.Problem(LeaderboardRefusals.Missing);

        var decision = await transactor.Run(
            LeaderboardRows.Desk(leaderboardId),
            operation,
            (desk, now) => LeaderboardRules.Exclude(desk, body.SharerId, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(new Response(
            facts is [var moved] ? moved.After.ExcludedIds : [body.SharerId])));
    }
}
