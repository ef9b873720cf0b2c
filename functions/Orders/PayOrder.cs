using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Payments;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>Begins to pay an order by WeChat, or says that it is paid.</summary>
public sealed class PayOrder(OrderPayments payments, MyOrders orders, MemberCallers callers)
{
    [Function(nameof(PayOrder))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("支付订单：取得 wx.requestPayment 的参数"), Tags("订单")]
    [ProducesResponseType<OrderPaymentResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/payment")] HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(PayOrder), caller.Id);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        return await payments.Begin(order, operation, cancel) switch
        {
            PaymentStart.Ready ready => Answer(order, OrderPaymentState.Ready, ready.Parameters),
            PaymentStart.Paid => Answer(order, OrderPaymentState.Confirming),
            PaymentStart.NotNow { Why: var why } when why == OrderRefusals.AlreadyPaid =>
                Answer(order, OrderPaymentState.Paid),
            PaymentStart.NotNow notNow => Answers.Problem(notNow.Why),
            _ => throw new UnreachableException(),
        };
    }

    private static IResult Answer(Order order, OrderPaymentState state, PaymentParameters? parameters = null) =>
        Results.Ok(new OrderPaymentResponse(order.Id, state, order.Cart.PayableFen(), order.PayBy, parameters));
}

/// <summary>How a payment stands.</summary>
/// <param name="Parameters">For <c>wx.requestPayment</c>; null unless the shopper is to pay now.</param>
public sealed record OrderPaymentResponse(
    string OrderId, OrderPaymentState State, long PayableFen, DateTimeOffset PayBy, PaymentParameters? Parameters);

/// <summary>The states that a shopper who wants to pay can find.</summary>
public enum OrderPaymentState
{
    /// <summary>The phone asks the shopper.</summary>
    Ready,

    /// <summary>WeChat has the money; the order will say so in a moment.</summary>
    Confirming,

    /// <summary>The order is paid.</summary>
    Paid,
}
