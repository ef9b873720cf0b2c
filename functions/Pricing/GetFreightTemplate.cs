using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>A freight template.</summary>
public sealed class GetFreightTemplate(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetFreightTemplate))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("运费模板"), Tags("运营：运费")]
    [ProducesResponseType<FreightResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/freight-templates/{freightId}")]
        HttpRequest request,
        string freightId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return await FreightRows.Find(store, freightId, cancel) is { } template
            ? Results.Ok(FreightResponse.Of(template))
            : Answers.Problem(FreightRefusals.Missing);
    }
}
