using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Health;

/// <summary>Answers whether work can be done: a write to the store and a round trip through a queue.</summary>
public sealed class CheckReadiness(Readiness readiness)
{
    private static readonly Refusal NotReady =
        new("health.not_ready", RefusalKind.Unavailable, "系统暂时不可用，请稍后再试。");

    [Function(nameof(CheckReadiness))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("存储与队列是否可用"), Tags("运维")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request) =>
        await readiness.Check() ? Results.NoContent() : throw new ProblemException(NotReady);
}
