using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>ORD-12: service sends an order, or some lines of it.</summary>
public sealed class ShipOrder(AfterSale afterSale, OrderPlaces places, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>Null, like the next, when no carrier has it: fetched, or brought by the shop.</summary>
        [Carrier]
        public string? Company { get; init; }

        [TrackingNo]
        public string? TrackingNo { get; init; }

        /// <summary>Null for all that is left.</summary>
        [Length(1, QuoteRequest.LinesMax * 2)]
        public IReadOnlyList<int>? LineNumbers { get; init; }

        /// <summary>For the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    /// <param name="State">Where the order stands now.</param>
    public sealed record Response(
        string OrderId, OrderState State, ShipmentResponse Shipment, DateTimeOffset? ReceiveBy);

    [Function(nameof(ShipOrder))]
    [Caller(CallerKind.Operator), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("订单发货"), Tags("运营：订单")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/orders/{orderId}/shipments")]
        HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(ShipOrder), caller.Id, body);
        if (await places.Find(orderId, cancel) is not { } order) return Answers.Problem(OrderRefusals.Missing);

        var parcel = new Parcel(body.Company, body.TrackingNo, body.Reason);
        var decision = await afterSale.Run(
            order.MemberId,
            order.Id,
            operation,
            (one, terms, now) => ShippingRules.Ship(one, parcel, body.LineNumbers, caller.Id, terms, now),
            cancel);
        return decision.ToHttp(facts => Sent(order.Id, facts.OfType<OrderEvent.Sent>().Single()));
    }

    private static IResult Sent(string orderId, OrderEvent.Sent sent) => Results.Json(
        new Response(orderId, sent.After, ShipmentResponse.Of(sent.Shipment), sent.ReceiveBy),
        statusCode: StatusCodes.Status201Created);
}
