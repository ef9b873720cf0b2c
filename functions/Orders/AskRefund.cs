using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>ORD-05: a shopper asks something of a paid order back.</summary>
public sealed class AskRefund(AfterSale afterSale, MyOrders orders, MemberCallers callers)
{
    public sealed record Request
    {
        public required RefundKind Kind { get; init; }

        public required RefundReason Reason { get; init; }

        /// <summary>Null for everything that was not asked back before.</summary>
        [Items(1, QuoteRequest.LinesMax * 2)]
        public IReadOnlyList<RefundLineRequest>? Lines { get; init; }
    }

    [Function(nameof(AskRefund))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("申请退款或退货退款"), Tags("订单")]
    [ProducesResponseType<OrderRefund>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/refunds")] HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(AskRefund), caller.Id, body);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        var ask = new RefundAsk(body.Kind, RefundLineRequest.Wishes(body.Lines), body.Reason);
        var decision = await afterSale.Run(
            order.MemberId, order.Id, operation, (one, terms, now) => RefundAskRules.Ask(one, ask, terms, now), cancel);
        return decision.ToHttp(facts =>
            Results.Json(AfterSale.RefundIn(facts), statusCode: StatusCodes.Status201Created));
    }
}
