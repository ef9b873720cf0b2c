using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>
/// ORD-03: a member cancels an order that is not paid. While somebody may be paying it is closing: WeChat is asked
/// first, and what is paid already stays paid.
/// </summary>
public sealed class CancelOrder(Transactor transactor, MyOrders orders, MemberCallers callers, TimeProvider clock)
{
    [Function(nameof(CancelOrder))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey, Body(typeof(CancelOrderRequest))]
    [EndpointSummary("取消未支付的订单"), Tags("订单")]
    [ProducesResponseType<OrderResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/cancellation")]
        HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<CancelOrderRequest>(cancel);
        var operation = request.Operation(nameof(CancelOrder), caller.Id, body);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        var code = body.Reason is { } reason ? ResponseJson.NameOf(reason) : null;
        var decision = await transactor.Run(
            OrderRows.Of(order.MemberId, order.Id),
            operation,
            (desk, now) => OrderRules.Cancel(
                desk, new Cancellation(CancelCause.ByMember, code, now), OrderActors.Member),
            cancel);
        if (decision.Refusal is { } why) return Answers.Problem(why);

        var after = await orders.Find(caller.Id, orderId, cancel);
        return Results.Ok(OrderResponse.Of(after!, clock.GetUtcNow()));
    }
}

/// <summary>Why; null when the shopper does not say.</summary>
public sealed record CancelOrderRequest(CancelReason? Reason = null);

/// <summary>What a shopper can choose. Stored by name: never rename one.</summary>
public enum CancelReason
{
    /// <summary>Not wanted any more.</summary>
    ChangedMind,

    /// <summary>Other goods, or another number of them.</summary>
    WrongGoods,

    /// <summary>To be sent to somewhere else.</summary>
    WrongAddress,

    /// <summary>Cheaper elsewhere, or with something forgotten.</summary>
    TooDear,

    /// <summary>Paying does not work.</summary>
    CannotPay,
    Other,
}
