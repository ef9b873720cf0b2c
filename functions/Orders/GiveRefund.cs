using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>ORD-05: the shop pays something of an order back that nobody has asked for.</summary>
public sealed class GiveRefund(AfterSale afterSale, OrderPlaces places, OperatorCallers callers)
{
    public sealed record Request
    {
        /// <summary>Null for everything that was not asked back before; empty for freight alone.</summary>
        [Items(0, QuoteRequest.LinesMax * 2)]
        public IReadOnlyList<RefundLineRequest>? Lines { get; init; }

        /// <summary>Whether the freight goes back, also of what was sent.</summary>
        public bool HasFreight { get; init; }

        /// <summary>Whether the shop is to blame: then a coupon that has ended comes back as a new one.</summary>
        public bool IsMerchantsFault { get; init; }

        /// <summary>Lines that can be sold again; null for those that were never sent.</summary>
        [Length(0, QuoteRequest.LinesMax * 2)]
        public IReadOnlyList<int>? RestockedLines { get; init; }

        /// <summary>Why; the shopper reads it at WeChat, and it stands in the audit.</summary>
        [Text(2, 80)]
        public required string Reason { get; init; }
    }

    [Function(nameof(GiveRefund))]
    [Caller(CallerKind.Operator), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("主动退款"), Tags("运营：订单")]
    [ProducesResponseType<OrderRefund>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/orders/{orderId}/refunds")]
        HttpRequest request,
        string orderId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(GiveRefund), caller.Id, body);
        if (await places.Find(orderId, cancel) is not { } order) return Answers.Problem(OrderRefusals.Missing);

        var gift = new RefundGift(
            RefundLineRequest.Wishes(body.Lines), body.HasFreight, body.IsMerchantsFault, body.RestockedLines,
            body.Reason);
        var decision = await afterSale.Run(
            order.MemberId,
            order.Id,
            operation,
            (one, terms, now) => RefundAskRules.Give(one, gift, caller.Id, terms, now),
            cancel);
        return decision.ToHttp(facts =>
            Results.Json(AfterSale.RefundIn(facts), statusCode: StatusCodes.Status201Created));
    }
}
