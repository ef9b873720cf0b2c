using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.Points;

/// <summary>ADM-02: an operator rejects an adjustment that waits; nothing is booked.</summary>
public sealed class RejectAdjustment(AdjustmentReviews reviews, OperatorCallers callers)
{
    [Function(nameof(RejectAdjustment))]
    [Caller(CallerKind.Operator), Body(typeof(AdjustmentReviews.Request)), NeedsIdempotencyKey]
    [EndpointSummary("驳回积分调整"), Tags("运营：会员")]
    [ProducesResponseType<AdjustmentReviews.Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "operator/points-adjustments/{adjustmentId}/rejections")]
        HttpRequest request,
        string adjustmentId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Finance);
        var body = await request.Read<AdjustmentReviews.Request>(cancel);
        var operation = request.Operation(nameof(RejectAdjustment), caller.Id, body);
        return await reviews.Decide(
            adjustmentId,
            operation,
            (at, now) => ApprovalRules.Reject(at, new Review(caller.Id, body.Reason, now)),
            cancel);
    }
}
