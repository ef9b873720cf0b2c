using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;

namespace Pond.Health;

/// <summary>Answers as long as the process can answer at all.</summary>
public sealed class CheckLiveness
{
    [Function(nameof(CheckLiveness))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("进程是否存活"), Tags("运维")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")]
        HttpRequest request) => Results.NoContent();
}
