using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Products;

/// <summary>PRD-05: marketing puts a product on sale or takes it off. It holds from this answer on (D32).</summary>
public sealed class ChangeProductState(ProductChanges changes, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        public required ProductState State { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string SpuId, ProductState State);

    [Function(nameof(ChangeProductState))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("上架或下架商品"), Tags("运营：商品")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/products/{spuId}/state")]
        HttpRequest request,
        string spuId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!GoodsIdAttribute.IsGoodsId(spuId)) return Answers.Problem(ProductRefusals.Missing);

        var actor = new ProductActor(caller.Id, body.Reason);
        var decision = await changes.Run(
            spuId,
            new Operation(nameof(ChangeProductState), ids.Next(), Fingerprint: null),
            (product, now) => ProductRules.ChangeState(product, body.State, actor, now),
            cancel);
        return decision.ToHttp(_ => Results.Ok(new Response(spuId, body.State)));
    }
}
