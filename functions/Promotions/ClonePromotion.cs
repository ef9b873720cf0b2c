using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>
/// CMP-01: a new draft like a promotion that there was, without its parts: those belong to one promotion for good.
/// </summary>
public sealed class ClonePromotion(
    Transactor transactor, PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    public sealed record Request
    {
        [Text(1, 40)]
        public required string Name { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ClonePromotion))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("复制营销活动"), Tags("运营：营销活动")]
    [ProducesResponseType<PromotionDetails>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/promotions/{promotionId}/clones")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(ClonePromotion), caller.Id, body);
        if (await PromotionBook.Find(store, promotionId, cancel) is not { } model)
            return Answers.Problem(PromotionPlanRefusals.Unknown);

        var id = PromotionBook.IdOf(clock.GetUtcNow(), Ids.From(operation.Key));
        var plan = model.Plan with { Name = body.Name, Parts = [] };
        var decision = await transactor.Run(
            PromotionBook.Of(id),
            operation,
            (known, now) => PromotionPlanRules.Draft(
                known, id, plan, "clone", new Act(caller.Id, body.Reason, now)),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            PromotionDetails.Of(facts.Single().After, clock.GetUtcNow()), statusCode: StatusCodes.Status201Created));
    }
}
