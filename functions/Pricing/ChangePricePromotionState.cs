using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>FUL-01: marketing publishes, pauses or ends a promotion. It holds from this answer on.</summary>
public sealed class ChangePricePromotionState(Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request
    {
        public required PromotionState State { get; init; }
    }

    /// <param name="OverlapIds">
    /// Published ones of the same kind, for the same goods at the same time: a warning.
    /// </param>
    public sealed record Response(PromotionState State, IReadOnlyList<string> OverlapIds);

    [Function(nameof(ChangePricePromotionState))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("发布、暂停或结束促销活动"), Tags("运营：促销")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/price-promotions/{promotionId}/state")]
        HttpRequest request,
        string promotionId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!PromotionRows.IsId(promotionId)) return Answers.Problem(PromotionRefusals.Missing);

        var decision = await transactor.Run(
            PromotionRows.Board(promotionId),
            new Operation(nameof(ChangePricePromotionState), ids.Next(), Fingerprint: null),
            (board, now) => PromotionRules.ChangeState(board, body.State, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(
            new Response(body.State, facts is [PromotionEvent.StateChanged changed] ? changed.OverlapIds : [])));
    }
}
