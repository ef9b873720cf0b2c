using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>ORD-03: service cancels an order that is not paid.</summary>
public sealed class CancelOrderOfMember(Transactor transactor, OrderPlaces places, OperatorCallers callers)
{
    private const string ByService = "by_service";

    public sealed record Request
    {
        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="State">Where the order stands now: <c>closing</c> while somebody may be paying.</param>
    public sealed record Response(string OrderId, OrderState State);

    [Function(nameof(CancelOrderOfMember))]
    [Caller(CallerKind.Operator), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("取消未支付的订单"), Tags("运营：订单")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/orders/{orderId}/cancellation")]
        HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(CancelOrderOfMember), caller.Id, body);
        if (await places.Find(orderId, cancel) is not { } order) return Answers.Problem(OrderRefusals.Missing);

        var decision = await transactor.Run(
            Audited(OrderRows.Of(order.MemberId, order.Id), order, caller.Id, body.Reason),
            operation,
            (desk, now) => OrderRules.Cancel(
                desk,
                new Cancellation(CancelCause.ByOperator, ByService, now),
                OrderActors.Operator(caller.Id)),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var after = await places.Find(orderId, cancel);
        return Results.Ok(new Response(orderId, after!.State));
    }

    // The audit hears of it in the same commit.
    private static Layout<OrderDesk, OrderEvent> Audited(
        Layout<OrderDesk, OrderEvent> layout, Order order, string operatorId, string reason)
    {
        return layout with { Announce = fact => [.. layout.Announce!(fact), .. Acts(fact)] };

        IEnumerable<Message> Acts(OrderEvent fact) => fact switch
        {
            OrderEvent.ClosingBegun closing => [Act(OrderState.Closing, closing.Why.At)],
            OrderEvent.Cancelled cancelled => [Act(OrderState.Cancelled, cancelled.Why.At)],
            _ => [],
        };

        Message Act(OrderState after, DateTimeOffset at) => OperatorMessages.Acted(new OperatorActedV1(
            operatorId, "order.cancellation", order.Id, reason, ResponseJson.NameOf(order.State),
            ResponseJson.NameOf(after), at));
    }
}
