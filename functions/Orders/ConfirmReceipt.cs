using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>ORD-12: a shopper says that everything has come.</summary>
public sealed class ConfirmReceipt(AfterSale afterSale, MyOrders orders, MemberCallers callers, TimeProvider clock)
{
    [Function(nameof(ConfirmReceipt))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("确认收货"), Tags("订单")]
    [ProducesResponseType<OrderResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/receipt")] HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(ConfirmReceipt), caller.Id);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        var decision = await afterSale.Run(
            order.MemberId, order.Id, operation, (one, _, now) => ShippingRules.Receive(one, now), cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var after = await orders.Find(caller.Id, orderId, cancel);
        return Results.Ok(OrderResponse.Of(after!, clock.GetUtcNow()));
    }
}
