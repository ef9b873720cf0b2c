using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>What check-ins bring at present.</summary>
public sealed class GetCheckInProgramme(PartitionStore store, OperatorCallers callers, PointsOptions options)
{
    [Function(nameof(GetCheckInProgramme))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("签到活动"), Tags("运营：积分")]
    [ProducesResponseType<CheckInProgrammeResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/check-in-programme")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return Results.Ok(CheckInProgrammeResponse.Of(await CheckInProgrammeRows.Find(store, options, cancel)));
    }
}
