using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>
/// ORD-01: places an order at the price that the shopper was quoted, and keeps for it what it needs. The same key again
/// answers with the same order, as it is then.
/// </summary>
public sealed class PlaceOrder(Placing placing, OrderDrafts drafts, MemberCallers callers, TimeProvider clock)
{
    [Function(nameof(PlaceOrder))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(PlaceOrderRequest))]
    [EndpointSummary("提交订单"), Tags("订单")]
    [ProducesResponseType<OrderResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<PlaceOrderRequest>(cancel);
        var operation = request.Operation(nameof(PlaceOrder), caller.Id, body);
        var decision = await Begin(caller, body, operation, cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var placed = decision.Facts.OfType<OrderEvent.Placed>().Single().Order;
        var order = await placing.Advance(placed.MemberId, placed.Id, new DeliveryNote(body.Note), cancel);
        return order.Cancelled is { Cause: CancelCause.NotReserved } cancelled
            ? Answers.Problem(new Refusal(cancelled.Code!, RefusalKind.Conflict, cancelled.Text!))
            : Results.Json(OrderResponse.Of(order, clock.GetUtcNow()), statusCode: StatusCodes.Status201Created);
    }

    private async Task<Decision<OrderEvent>> Begin(
        MemberCaller caller, PlaceOrderRequest body, Operation operation, CancellationToken cancel)
    {
        var known = await placing.FindPlaced(caller.Id, operation, cancel);
        if (known.Refusal != OrderRefusals.NotPlaced) return known;
        try
        {
            return await placing.Begin(await drafts.Draft(caller, body, cancel), operation, cancel);
        }
        catch (ProblemException)
        {
            // The same call may have placed it a moment ago, and taken what this one finds gone.
            var meanwhile = await placing.FindPlaced(caller.Id, operation, cancel);
            if (meanwhile.Refusal == OrderRefusals.NotPlaced) throw;
            return meanwhile;
        }
    }
}
