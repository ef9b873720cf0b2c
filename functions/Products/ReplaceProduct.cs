using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-03, PRD-05: marketing writes a product anew, prices too. It holds from this answer on.</summary>
public sealed class ReplaceProduct(ProductChanges changes, PartitionStore store, OperatorCallers callers, Ids ids)
{
    public sealed record Request : ProductRequest
    {
        /// <summary>Of the product as the operator saw it.</summary>
        [Whole(1, int.MaxValue)]
        public required long Version { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ReplaceProduct))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("修改商品"), Tags("运营：商品")]
    [ProducesResponseType<ProductResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/products/{spuId}")] HttpRequest request,
        string spuId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!GoodsIdAttribute.IsGoodsId(spuId)) return Answers.Problem(ProductRefusals.Missing);

        var actor = new ProductActor(caller.Id, body.Reason);
        var decision = await changes.Run(
            spuId,
            new Operation(nameof(ReplaceProduct), ids.Next(), Fingerprint: null),
            (product, now) => ProductRules.Replace(product, body.Version, body.Terms(spuId), actor, now),
            cancel);
        if (decision.Refusal is { } refusal) return Answers.Problem(refusal);
        var after = decision.Facts is [var fact] ? fact.Product : await ProductRows.Find(store, spuId, cancel);
        return Results.Ok(ProductResponse.Of(after!));
    }
}
