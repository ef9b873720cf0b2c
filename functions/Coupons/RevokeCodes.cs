using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>
/// CPN-07: marketing takes back the codes of a batch that nobody has redeemed; a job does it, and their slots are free
/// again in the stock.
/// </summary>
public sealed class RevokeCodes(Transactor transactor, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(RevokeCodes))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("作废一批未兑换的兑换码"), Tags("运营：优惠券")]
    [ProducesResponseType<CodeBatchResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post",
            Route = "operator/coupon-templates/{templateId}/code-batches/{batchId}/revocation")]
        HttpRequest request,
        string templateId,
        string batchId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(RevokeCodes), caller.Id, body);
        if (!Ids.IsId(templateId) || !Ids.IsId(batchId)) return Answers.Problem(CouponRefusals.BatchMissing);

        var decision = await transactor.Run(
            CodeBatchRows.Batch(templateId, batchId),
            operation,
            (batch, now) => CodeBatchRules.Revoke(batch, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            CodeBatchResponse.Of(facts.OfType<CodeBatchEvent.RevocationBegun>().Single().Batch),
            statusCode: StatusCodes.Status202Accepted));
    }
}
