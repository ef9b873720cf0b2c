using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Promotions;

/// <summary>CMP-01: marketing drafts a promotion. A draft opens nothing.</summary>
public sealed class CreatePromotion(
    Transactor transactor, OperatorCallers callers, Audiences audiences, TimeProvider clock)
{
    [Function(nameof(CreatePromotion))]
    [Caller(CallerKind.Operator), Body(typeof(PromotionPlanRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建营销活动"), Tags("运营：营销活动")]
    [ProducesResponseType<PromotionDetails>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/promotions")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<PromotionPlanRequest>(cancel);
        var (operation, plan) = (request.Operation(nameof(CreatePromotion), caller.Id, body), body.Plan());
        if (await audiences.Keep(plan, cancel) is { } why) return Answers.Problem(why);

        var id = PromotionBook.IdOf(clock.GetUtcNow(), Ids.From(operation.Key));
        var decision = await transactor.Run(
            PromotionBook.Of(id),
            operation,
            (known, now) => PromotionPlanRules.Draft(
                known, id, plan, "create", new Act(caller.Id, body.Reason, now)),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            PromotionDetails.Of(facts.Single().After, clock.GetUtcNow()), statusCode: StatusCodes.Status201Created));
    }
}
