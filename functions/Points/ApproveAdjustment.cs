using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Points;

/// <summary>ADM-02: another operator than the one who asked approves an adjustment, which books it.</summary>
public sealed class ApproveAdjustment(
    AdjustmentReviews reviews, OperatorCallers callers, Ids ids, PointsOptions options)
{
    [Function(nameof(ApproveAdjustment))]
    [Caller(CallerKind.Operator), Body(typeof(AdjustmentReviews.Request)), NeedsIdempotencyKey]
    [EndpointSummary("批准积分调整"), Tags("运营：会员")]
    [ProducesResponseType<AdjustmentReviews.Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "operator/points-adjustments/{adjustmentId}/approvals")]
        HttpRequest request,
        string adjustmentId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Finance);
        var body = await request.Read<AdjustmentReviews.Request>(cancel);
        var operation = request.Operation(nameof(ApproveAdjustment), caller.Id, body);
        var lotId = ids.Next();
        return await reviews.Decide(
            adjustmentId,
            operation,
            (at, now) => ApprovalRules.Approve(
                at, new Review(caller.Id, body.Reason, now), lotId, options.Expiry().EndOf(now)),
            cancel);
    }
}
