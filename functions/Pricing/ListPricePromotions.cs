using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>Every promotion, in the order in which they were drafted.</summary>
public sealed class ListPricePromotions(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListPricePromotions))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("促销活动列表"), Tags("运营：促销")]
    [ProducesResponseType<Listing<PromotionResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/price-promotions")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(PromotionRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store,
            PromotionRows.Partition,
            row => PromotionResponse.Of(Stored.Read<PricePromotion>(row.Data)),
            cancel));
    }
}
