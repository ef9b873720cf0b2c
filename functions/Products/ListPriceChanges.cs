using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-03: which version of a product changed which prices, the newest first.</summary>
public sealed class ListPriceChanges(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListPriceChanges))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("商品的价格变更记录"), Tags("运营：商品")]
    [ProducesResponseType<Listing<PriceChange>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/products/{spuId}/price-changes")]
        HttpRequest request,
        string spuId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (!GoodsIdAttribute.IsGoodsId(spuId) || await ProductRows.Find(store, spuId, cancel) is null)
            return Answers.Problem(ProductRefusals.Missing);

        var (from, until) = Keys.Under(ProductRows.PricePrefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, ProductRows.Partition(spuId), row => Stored.Read<PriceChange>(row.Data), cancel));
    }
}
