using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-07: marketing orders codes for a template; a job makes them out of its stock.</summary>
public sealed class OrderCouponCodes(
    Transactor transactor, PartitionStore store, OperatorCallers callers, Ids ids, TimeProvider clock)
{
    public sealed record Request
    {
        [Whole(1, CodeBatchRules.CodesMax)]
        public required int Count { get; init; }

        /// <summary>What they are for; it stands in the audit.</summary>
        [Text(1, 80)]
        public required string Note { get; init; }
    }

    [Function(nameof(OrderCouponCodes))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("为优惠券模板生成一批兑换码"), Tags("运营：优惠券")]
    [ProducesResponseType<CodeBatchResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "operator/coupon-templates/{templateId}/code-batches")]
        HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        if (await TemplateRows.Find(store, templateId, cancel) is not { } found)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(OrderCouponCodes), caller.Id, body);
        var freeCount = (await ShardRows.ReadAll(store, found, cancel)).Sum(shard => shard.FreeCount);
        var batchId = CouponIds.Of(clock.GetUtcNow(), ids.Next());
        var decision = await transactor.Run(
            CodeBatchRows.Order(templateId, batchId),
            operation,
            (state, now) => CodeBatchRules.Order(
                state.Template, batchId, body.Count, body.Note, freeCount, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            CodeBatchResponse.Of(facts.OfType<CodeBatchEvent.Ordered>().Single().Batch),
            statusCode: StatusCodes.Status202Accepted));
    }
}
