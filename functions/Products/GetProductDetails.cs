using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-05: a product as marketing wrote it, in whatever state.</summary>
public sealed class GetProductDetails(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(GetProductDetails))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("商品详情（运营）"), Tags("运营：商品")]
    [ProducesResponseType<ProductResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/products/{spuId}")] HttpRequest request,
        string spuId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        return GoodsIdAttribute.IsGoodsId(spuId) && await ProductRows.Find(store, spuId, cancel) is { } product
            ? Results.Ok(ProductResponse.Of(product))
            : Answers.Problem(ProductRefusals.Missing);
    }
}
