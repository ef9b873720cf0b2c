using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.Products;

/// <summary>PRD-05: marketing drafts a product. Nobody sees it before it is on sale.</summary>
public sealed class CreateProduct(ProductChanges changes, KeyBinding binding, OperatorCallers callers)
{
    public sealed record Request : ProductRequest
    {
        [GoodsId]
        public required string SpuId { get; init; }
    }

    [Function(nameof(CreateProduct))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("新建商品"), Tags("运营：商品")]
    [ProducesResponseType<ProductResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/products")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CreateProduct), caller.Id, body);
        if (await binding.Bind(operation, cancel) is { } reused) return Answers.Problem(reused);

        var actor = new ProductActor(caller.Id, Reason: "");
        var decision = await changes.Run(
            body.SpuId,
            operation,
            (product, now) => ProductRules.Create(product, body.Terms(body.SpuId), actor, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            ProductResponse.Of(facts.Single().Product), statusCode: StatusCodes.Status201Created));
    }
}
