using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-05: every product in whatever state, the newest first.</summary>
public sealed class ListAllProducts(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListAllProducts))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("商品列表（运营）"), Tags("运营：商品")]
    [ProducesResponseType<Listing<ProductCardResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/products")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(ProductCards.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, ProductCards.Partition, row => ProductCardResponse.Of(Stored.Read<ProductCard>(row.Data)), cancel));
    }
}
