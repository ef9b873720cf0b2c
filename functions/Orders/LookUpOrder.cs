using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>
/// ORD-13: what the shop sees of an order. Where it goes is another question (<see cref="ShowDelivery"/>).
/// </summary>
public sealed class LookUpOrder(OrderPlaces places, OperatorCallers callers)
{
    /// <param name="Order">As the shopper sees it.</param>
    /// <param name="Attempts">Payments that were begun.</param>
    /// <param name="Strays">Money that was not the order's, and goes back.</param>
    /// <param name="Log">What happened to it, with who did it.</param>
    public sealed record Response(
        string MemberId,
        OrderResponse Order,
        OrderPayment? Payment,
        IReadOnlyList<PaymentAttempt> Attempts,
        IReadOnlyList<StrayPayment> Strays,
        IReadOnlyList<OrderLogEntry> Log);

    [Function(nameof(LookUpOrder))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("查询订单（不含收件信息）"), Tags("运营：订单")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/orders/{orderId}")] HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        return await places.Find(orderId, cancel) is { } order
            ? Results.Ok(new Response(
                order.MemberId, OrderResponse.Of(order), order.Payment, order.Attempts, order.Strays, order.Log))
            : Answers.Problem(OrderRefusals.Missing);
    }
}
