using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-02: the programme of tiers, for whoever works for the brand.</summary>
public sealed class GetTiers(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetTiers))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("会员等级方案"), Tags("运营：会员等级")]
    [ProducesResponseType<ProgrammeResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/tiers")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return Results.Ok(ProgrammeResponse.Of(await ProgrammeRows.Find(store, cancel)));
    }
}
