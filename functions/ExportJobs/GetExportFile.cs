using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.ExportJobs;

/// <summary>ADM-06: a table as a file, once it is done.</summary>
public sealed class GetExportFile(
    PartitionStore store, OperatorCallers callers, IEnumerable<IExportSource> sources, TimeProvider clock)
{
    [Function(nameof(GetExportFile))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("下载导出的文件"), Tags("运营：导出")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/csv")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/exports/{exportId}/file")]
        HttpRequest request,
        string exportId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Marketing);
        if (await ExportRows.Find(store, exportId, cancel) is not { } job || job.EndsAt <= clock.GetUtcNow())
            return Answers.Problem(ExportRefusals.Missing);
        if (job.State is not ExportState.Done) return Answers.Problem(ExportRefusals.NotDone);

        var parts = await ExportRows.Parts(store, exportId, cancel).ToListAsync(cancel);
        var source = sources.Single(one => one.Kind == job.Kind);
        return Csv.ToHttp([source.Heading, .. parts.SelectMany(part => part.Rows)]);
    }
}
