using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>Every freight template.</summary>
public sealed class ListFreightTemplates(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListFreightTemplates))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("运费模板列表"), Tags("运营：运费")]
    [ProducesResponseType<Listing<FreightResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/freight-templates")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(FreightRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store,
            FreightRows.Partition,
            row => FreightResponse.Of(Stored.Read<FreightTemplate>(row.Data)),
            cancel));
    }
}
