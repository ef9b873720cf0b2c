using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>A promotion with how far it is used up.</summary>
public sealed class GetPricePromotion(PartitionStore store, OperatorCallers callers)
{
    /// <param name="UsesCount">Orders that hold or have used it, if its uses are limited.</param>
    /// <param name="SpentFen">What it took off their goods.</param>
    public sealed record Response(PromotionResponse Promotion, long UsesCount, long SpentFen);

    [Function(nameof(GetPricePromotion))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("促销活动及其使用情况"), Tags("运营：促销")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/price-promotions/{promotionId}")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        if (await PromotionRows.Find(store, promotionId, cancel) is not { } promotion)
            return Answers.Problem(PromotionRefusals.Missing);

        var total = await UseRows.FindTotal(store, promotionId, cancel);
        return Results.Ok(new Response(PromotionResponse.Of(promotion), total.Uses, total.SpentFen));
    }
}
