using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>
/// CMP-01, CMP-06: marketing submits a promotion, another of them approves it or sends it back, and anybody of them
/// pauses, resumes or ends it. It holds from this answer on, in every process; that its time comes, the clock says.
/// </summary>
public sealed class ChangePromotionStage(
    Transactor transactor, PartitionStore store, OperatorCallers callers, PromotionParts parts, Ids ids,
    TimeProvider clock)
{
    public sealed record Request
    {
        /// <summary>
        /// <c>submitted</c>; then by another operator <c>approved</c>, or <c>draft</c> again; <c>paused</c> and
        /// <c>approved</c> again; <c>ended</c>; <c>archived</c>.
        /// </summary>
        public required PromotionStage Stage { get; init; }

        /// <summary>The one that was looked at: without it nothing is submitted or approved.</summary>
        [Whole(1, int.MaxValue - 1)]
        public int? Version { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ChangePromotionStage))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("提交、审批、退回、暂停、恢复、结束或归档营销活动"), Tags("运营：营销活动")]
    [ProducesResponseType<PromotionDetails>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/promotions/{promotionId}/stage")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (await PromotionBook.Find(store, promotionId, cancel) is not { } seen)
            return Answers.Problem(PromotionPlanRefusals.Unknown);

        // Of the version that the caller has seen or of none: with another version nothing is submitted.
        var looks = body.Stage is PromotionStage.Submitted ? await parts.LookAt(seen.Plan, cancel) : [];
        var decision = await transactor.Run(
            PromotionBook.Of(promotionId),
            new Operation(nameof(ChangePromotionStage), ids.Next(), Fingerprint: null),
            (promotion, now) => PromotionPlanRules.Move(
                promotion, body.Stage, body.Version, looks, new Act(caller.Id, body.Reason, now)),
            cancel);
        return decision.ToHttp(facts => Results.Ok(PromotionDetails.Of(
            facts is [var moved] ? moved.After : seen, clock.GetUtcNow())));
    }
}
