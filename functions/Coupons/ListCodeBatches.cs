using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-07: the batches of codes of a template, the oldest first.</summary>
public sealed class ListCodeBatches(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListCodeBatches))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("优惠券模板的兑换码批次"), Tags("运营：优惠券")]
    [ProducesResponseType<Listing<CodeBatchResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", Route = "operator/coupon-templates/{templateId}/code-batches")]
        HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await TemplateRows.Find(store, templateId, cancel) is null)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        var (from, until) = Keys.Under(CodeBatchRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, TemplateRows.Partition(templateId),
            row => CodeBatchResponse.Of(Stored.Read<CodeBatch>(row.Data)), cancel));
    }
}
