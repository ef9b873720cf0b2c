using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>AUTH-11: everything that is kept of the caller, as one document. A frozen member may have it too.</summary>
public sealed class ExportMe(MemberCallers callers, Exports exports, ExportLimits limits, TimeProvider clock)
{
    [Function(nameof(ExportMe))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("导出我的全部数据"), Tags("会员")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/export")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        limits.Take(caller.Id);
        var at = clock.GetUtcNow();
        return Results.Stream(
            stream => exports.Write(caller.Id, at, stream, request.HttpContext.RequestAborted), "application/json");
    }
}
