using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>FUL-01: marketing drafts a promotion. It changes no price before it is published.</summary>
public sealed class CreatePricePromotion(Transactor transactor, OperatorCallers callers, TimeProvider clock)
{
    [Function(nameof(CreatePricePromotion))]
    [Caller(CallerKind.Operator), Body(typeof(PromotionRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建促销活动"), Tags("运营：促销")]
    [ProducesResponseType<PromotionResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/price-promotions")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<PromotionRequest>(cancel);
        var operation = request.Operation(nameof(CreatePricePromotion), caller.Id, body);
        var id = PromotionRows.IdOf(clock.GetUtcNow(), Ids.From(operation.Key));
        var decision = await transactor.Run(
            PromotionRows.Board(id),
            operation,
            (board, now) => PromotionRules.Draft(board, id, body.Terms(), caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            PromotionResponse.Of(facts.Single().Promotion), statusCode: StatusCodes.Status201Created));
    }
}
