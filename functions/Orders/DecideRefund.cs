using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Pricing;

namespace Pond.Orders;

/// <summary>
/// ORD-05: the shop says yes or no to what a shopper asks for, and once goods have come back, whether it accepts them.
/// </summary>
public sealed class DecideRefund(AfterSale afterSale, OrderPlaces places, OperatorCallers callers)
{
    public sealed record Request
    {
        public required RefundAnswer Answer { get; init; }

        /// <summary>Whether the shop is to blame: then a coupon that has ended comes back as a new one.</summary>
        public bool IsMerchantsFault { get; init; }

        /// <summary>Lines that can be sold again; null for those that were never sent.</summary>
        [Length(0, QuoteRequest.LinesMax * 2)]
        public IReadOnlyList<int>? RestockedLines { get; init; }

        /// <summary>Why; the shopper reads it, and it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(DecideRefund))]
    [Caller(CallerKind.Operator), NeedsIdempotencyKey, Body(typeof(Request))]
    [EndpointSummary("处理退款申请或退回的商品"), Tags("运营：订单")]
    [ProducesResponseType<OrderRefund>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "operator/orders/{orderId}/refunds/{number}/decision")]
        HttpRequest request,
        string orderId,
        string number,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(DecideRefund), caller.Id, body);
        if (await places.Find(orderId, cancel) is not { } order) return Answers.Problem(OrderRefusals.Missing);

        var verdict = new RefundVerdict(
            body.Answer is RefundAnswer.Agree, body.IsMerchantsFault, body.RestockedLines, body.Reason);
        var decision = await afterSale.Run(
            order.MemberId,
            order.Id,
            operation,
            (one, terms, now) => RefundRules.Decide(one, RefundRules.Parse(number), verdict, caller.Id, terms, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(AfterSale.RefundIn(facts)));
    }
}

/// <summary>What the shop says to a refund.</summary>
public enum RefundAnswer
{
    Agree,
    Refuse,
}
