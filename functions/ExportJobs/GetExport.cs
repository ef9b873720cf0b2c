using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.ExportJobs;

/// <summary>ADM-06: how far a table is.</summary>
public sealed class GetExport(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetExport))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("导出的进度"), Tags("运营：导出")]
    [ProducesResponseType<ExportResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/exports/{exportId}")] HttpRequest request,
        string exportId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await ExportRows.Find(store, exportId, cancel) is { } job
            ? Results.Ok(ExportResponse.Of(job))
            : Answers.Problem(ExportRefusals.Missing);
    }
}
