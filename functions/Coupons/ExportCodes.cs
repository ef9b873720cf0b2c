using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>
/// CPN-07: tells marketing the codes of a batch, once. Should the answer get lost, the same key gets it again for ten
/// minutes; any other key, and the same later on, is refused.
/// </summary>
public sealed class ExportCodes(Transactor transactor, OperatorCallers callers, CodeMint mint, TimeProvider clock)
{
    [Function(nameof(ExportCodes))]
    [Caller(CallerKind.Operator), NeedsIdempotencyKey]
    [EndpointSummary("导出一批兑换码（仅一次）"), Tags("运营：优惠券")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv")]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post",
            Route = "operator/coupon-templates/{templateId}/code-batches/{batchId}/export")]
        HttpRequest request,
        string templateId,
        string batchId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var operation = request.Operation(nameof(ExportCodes), caller.Id);
        if (!Ids.IsId(templateId) || !Ids.IsId(batchId)) return Answers.Problem(CouponRefusals.BatchMissing);

        var decision = await transactor.Run(
            CodeBatchRows.Batch(templateId, batchId),
            operation,
            (batch, now) => CodeBatchRules.Export(batch, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Told(facts.OfType<CodeBatchEvent.Exported>().Single()));
    }

    private IResult Told(CodeBatchEvent.Exported exported)
    {
        var batch = exported.Batch;
        if (!CodeBatchRules.MayRepeat(exported, clock.GetUtcNow()))
            return Answers.Problem(CouponRefusals.BatchExported);

        string[] head = ["兑换码", "优惠券", "备注"];
        var codes = Enumerable.Range(0, batch.MadeUntil).Except(batch.Skipped)
            .Select(number => CodeForms.Grouped(mint.Code(batch.Id, number)));
        return Csv.ToHttp([head, .. codes.Select(code => (string[])[code, batch.TemplateName, batch.Note])]);
    }
}
