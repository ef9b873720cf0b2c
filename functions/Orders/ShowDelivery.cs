using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Orders;

/// <summary>
/// ORD-13: where an order goes, for who sends it, and as long as it is to be sent or on its way. That somebody has
/// looked stands in the audit before they see it.
/// </summary>
public sealed class ShowDelivery(
    Transactor transactor, OrderPlaces places, Deliveries deliveries, OperatorCallers callers, Ids ids)
{
    private static readonly Refusal NotNow =
        new("order.delivery_closed", RefusalKind.Conflict, "只有待发货和运输中的订单可以查看收件信息。");

    private static readonly Refusal None =
        new("order.delivery_missing", RefusalKind.Missing, "这个订单没有收件信息。");

    public sealed record Request
    {
        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(ShowDelivery))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("查看收件信息（记入审计）"), Tags("运营：订单")]
    [ProducesResponseType<DeliveryResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/orders/{orderId}/delivery-views")]
        HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        if (await places.Find(orderId, cancel) is not { } order) return Answers.Problem(OrderRefusals.Missing);
        if (order.State is not (OrderState.Paid or OrderState.Shipped)) return Answers.Problem(NotNow);
        if (await deliveries.Find(order.MemberId, order.Id, cancel) is not { } delivery)
            return Answers.Problem(None);

        var decision = await transactor.Run(
            OrderPlaces.Looks(order.Id),
            new Operation(nameof(ShowDelivery), ids.Next(), Fingerprint: null),
            (_, now) => new OperatorActedV1(
                caller.Id, "order.delivery", order.Id, body.Reason, Before: null, "viewed", now),
            cancel);
        return decision.ToHttp(_ => Results.Ok(DeliveryResponse.Of(delivery)));
    }
}
