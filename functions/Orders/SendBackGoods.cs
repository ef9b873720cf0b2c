using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>A shopper has sent goods back, and says how.</summary>
public sealed class SendBackGoods(AfterSale afterSale, MyOrders orders, MemberCallers callers)
{
    public sealed record Request
    {
        [Carrier]
        public required string Company { get; init; }

        [TrackingNo]
        public required string TrackingNo { get; init; }
    }

    [Function(nameof(SendBackGoods))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("填写退货运单号"), Tags("订单")]
    [ProducesResponseType<OrderRefund>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/refunds/{number}/return-shipment")]
        HttpRequest request,
        string orderId,
        string number,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(SendBackGoods), caller.Id, body);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        var decision = await afterSale.Run(
            order.MemberId,
            order.Id,
            operation,
            (one, terms, now) => RefundRules.SendBack(
                one, RefundRules.Parse(number), body.Company, body.TrackingNo, terms, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(AfterSale.RefundIn(facts)));
    }
}
