using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>CMP-03: a promotion with what it has given.</summary>
public sealed class GetPromotion(PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    /// <param name="CouponsGiven">Under it, those that are just being given included.</param>
    /// <param name="IsBudgetLow">Whether that is four fifths of what it may give, or more.</param>
    public sealed record Response(PromotionDetails Promotion, long CouponsGiven, bool IsBudgetLow);

    [Function(nameof(GetPromotion))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("营销活动及其发放情况"), Tags("运营：营销活动")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/promotions/{promotionId}")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await PromotionBook.Find(store, promotionId, cancel) is not { } promotion)
            return Answers.Problem(PromotionPlanRefusals.Unknown);

        var total = await BudgetRows.FindTotal(store, promotionId, cancel);
        return Results.Ok(new Response(
            PromotionDetails.Of(promotion, clock.GetUtcNow()),
            total.Coupons,
            BudgetRules.IsLow(total, promotion.Plan.CouponsMax)));
    }
}
