using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>FUL-01: marketing changes the terms of a draft.</summary>
public sealed class EditPricePromotion(Transactor transactor, OperatorCallers callers, Ids ids)
{
    [Function(nameof(EditPricePromotion))]
    [Caller(CallerKind.Operator), Body(typeof(PromotionRequest))]
    [EndpointSummary("修改促销活动草稿"), Tags("运营：促销")]
    [ProducesResponseType<PromotionResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/price-promotions/{promotionId}")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<PromotionRequest>(cancel);
        if (!PromotionRows.IsId(promotionId)) return Answers.Problem(PromotionRefusals.Missing);

        var decision = await transactor.Run(
            PromotionRows.Board(promotionId),
            new Operation(nameof(EditPricePromotion), ids.Next(), Fingerprint: null),
            (board, now) => PromotionRules.Redraft(board, body.Terms(), caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(PromotionResponse.Of(facts.Single().Promotion)));
    }
}
