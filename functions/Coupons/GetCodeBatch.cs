using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-07: one batch of codes and how far it is. Never the codes.</summary>
public sealed class GetCodeBatch(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetCodeBatch))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("一批兑换码的进度"), Tags("运营：优惠券")]
    [ProducesResponseType<CodeBatchResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get",
            Route = "operator/coupon-templates/{templateId}/code-batches/{batchId}")]
        HttpRequest request,
        string templateId,
        string batchId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await CodeBatchRows.Find(store, templateId, batchId, cancel) is { } batch
            ? Results.Ok(CodeBatchResponse.Of(batch))
            : Answers.Problem(CouponRefusals.BatchMissing);
    }
}
