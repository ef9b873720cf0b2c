using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Promotions;

/// <summary>
/// CMP-06: marketing changes a draft, or lets what was approved last longer or give more. Nothing else of that is ever
/// changed: it is paused or ended, and another one takes its place.
/// </summary>
public sealed class EditPromotion(
    Transactor transactor, OperatorCallers callers, Audiences audiences, Ids ids, TimeProvider clock)
{
    public sealed record Request : PromotionPlanRequest
    {
        /// <summary>The one that is to be replaced: who has not seen the newest replaces nothing.</summary>
        [Whole(1, int.MaxValue - 1)]
        public required int Version { get; init; }
    }

    [Function(nameof(EditPromotion))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("修改营销活动"), Tags("运营：营销活动")]
    [ProducesResponseType<PromotionDetails>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/promotions/{promotionId}")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(promotionId)) return Answers.Problem(PromotionPlanRefusals.Unknown);
        var plan = body.Plan();
        if (await audiences.Keep(plan, cancel) is { } why) return Answers.Problem(why);

        var decision = await transactor.Run(
            PromotionBook.Of(promotionId),
            new Operation(nameof(EditPromotion), ids.Next(), Fingerprint: null),
            (promotion, now) => PromotionPlanRules.Edit(
                promotion, plan, body.Version, new Act(caller.Id, body.Reason, now)),
            cancel);
        return decision.ToHttp(facts =>
            Results.Ok(PromotionDetails.Of(facts.Single().After, clock.GetUtcNow())));
    }
}
