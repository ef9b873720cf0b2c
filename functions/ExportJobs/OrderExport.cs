using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.ExportJobs;

/// <summary>ADM-06: marketing orders a table; a job writes it.</summary>
public sealed class OrderExport(Transactor transactor, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>What it is to be of.</summary>
        public required ExportKind Kind { get; init; }
    }

    [Function(nameof(OrderExport))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("导出数据（CSV）"), Tags("运营：导出")]
    [EndpointDescription("在后台生成，完成后 7 天内可下载；至多两万行，更多的会被截断并注明。")]
    [ProducesResponseType<ExportResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/exports")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(OrderExport), caller.Id, body);

        // The same key makes the same table, so a repeat finds it.
        var exportId = Ids.From(operation.Key);
        var decision = await transactor.Run(
            ExportRows.Of(exportId),
            operation,
            (desk, now) => ExportRules.Order(desk, exportId, body.Kind, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            ExportResponse.Of(facts.OfType<ExportEvent.Ordered>().Single().Job),
            statusCode: StatusCodes.Status202Accepted));
    }
}
