using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>One of the member's orders, with where it goes.</summary>
public sealed class GetOrder(MyOrders orders, Deliveries deliveries, MemberCallers callers, TimeProvider clock)
{
    [Function(nameof(GetOrder))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("订单详情"), Tags("订单")]
    [ProducesResponseType<OrderResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{orderId}")] HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        var delivery = order.AddressId is null ? null : await deliveries.Find(order.MemberId, order.Id, cancel);
        return Results.Ok(OrderResponse.Of(order, clock.GetUtcNow(), delivery));
    }
}
