using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>A shopper changes their mind, as long as neither goods nor money are on their way.</summary>
public sealed class WithdrawRefund(AfterSale afterSale, MyOrders orders, MemberCallers callers)
{
    [Function(nameof(WithdrawRefund))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("撤销退款申请"), Tags("订单")]
    [ProducesResponseType<OrderRefund>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "orders/{orderId}/refunds/{number}/withdrawal")]
        HttpRequest request,
        string orderId,
        string number,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(WithdrawRefund), caller.Id);
        if (await orders.Find(caller.Id, orderId, cancel) is not { } order)
            return Answers.Problem(OrderRefusals.Missing);

        var parsed = RefundRules.Parse(number);
        var decision = await afterSale.Run(
            order.MemberId, order.Id, operation, (one, _, now) => RefundRules.Withdraw(one, parsed, now), cancel);
        return decision.ToHttp(facts => Results.Ok(
            AfterSale.RefundIn(facts) ?? order.Refunds.Single(refund => refund.Number == parsed)));
    }
}
