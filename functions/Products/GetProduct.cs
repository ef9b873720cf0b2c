using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-05: a product that is on sale, with its variants as they are now.</summary>
public sealed class GetProduct(PartitionStore store)
{
    public sealed record Response(
        string SpuId,
        string CategoryId,
        string Title,
        string? Description,
        IReadOnlyList<string> ImageUrls,
        IReadOnlyList<Variant> Skus,
        long Version);

    /// <param name="PerOrderMax">Pieces of one order; null for no limit.</param>
    /// <param name="Stock">At this moment; only an order keeps pieces.</param>
    public sealed record Variant(
        string SkuId, IReadOnlyList<Spec> Specs, long PriceFen, int? PerOrderMax, StockStatus Stock);

    public enum StockStatus
    {
        InStock,
        SoldOut,
    }

    [Function(nameof(GetProduct))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("商品详情"), Tags("商品")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products/{spuId}")] HttpRequest request,
        string spuId,
        CancellationToken cancel)
    {
        var product = GoodsIdAttribute.IsGoodsId(spuId) ? await ProductRows.Find(store, spuId, cancel) : null;
        if (product is not { State: ProductState.OnSale, Terms: var terms })
            return Answers.Problem(ProductRefusals.Missing);

        var variants = await Task.WhenAll(terms.Skus.Select(async sku =>
        {
            var shards = await StockRows.Shards(store, sku.SkuId, sku.StockShards, cancel);
            var status = shards.Any(shard => shard.Available > 0) ? StockStatus.InStock : StockStatus.SoldOut;
            return new Variant(sku.SkuId, sku.Specs, sku.PriceFen, sku.PerOrderMax, status);
        }));
        return Results.Ok(new Response(
            terms.SpuId, terms.CategoryId, terms.Title, terms.Description, terms.ImageUrls, variants,
            product.Version));
    }
}
