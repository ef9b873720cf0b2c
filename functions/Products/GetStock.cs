using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-01: a SKU's stock, in all and in each shard.</summary>
public sealed class GetStock(PartitionStore store, ProductCatalogue catalogue, OperatorCallers callers)
{
    /// <param name="OnHand">Pieces that are there, the reserved ones included.</param>
    /// <param name="Reserved">Of those, what orders that are not paid yet keep.</param>
    /// <param name="Available">What an order can get.</param>
    public sealed record Response(
        string SkuId, long OnHand, long Reserved, long Available, IReadOnlyList<ShardResponse> Shards);

    public sealed record ShardResponse(int Shard, int OnHand, int Reserved, int Available);

    [Function(nameof(GetStock))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("商品库存"), Tags("运营：库存")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/skus/{skuId}/stock")] HttpRequest request,
        string skuId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await catalogue.Find(skuId, cancel) is not { } sku) return Answers.Problem(ProductRefusals.SkuMissing);

        var shards = await StockRows.Shards(store, skuId, sku.StockShards, cancel);
        return Results.Ok(new Response(
            skuId,
            shards.Sum(shard => (long)shard.OnHand),
            shards.Sum(shard => (long)shard.Reserved),
            shards.Sum(shard => (long)shard.Available),
            [.. shards.Select((one, number) => new ShardResponse(number, one.OnHand, one.Reserved, one.Available))]));
    }
}
