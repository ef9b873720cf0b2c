using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>A payment with its refunds, as our books have it.</summary>
public sealed class GetPayment(PartitionStore store, OperatorCallers callers)
{
    /// <param name="AskedFen">Null when it was closed before anybody asked for anything.</param>
    /// <param name="NextCheckAt">When WeChat is asked again; null when there is nothing to ask.</param>
    public sealed record Response(
        string OutTradeNo,
        string OrderId,
        string MemberId,
        PaymentState State,
        long? AskedFen,
        DateTimeOffset? PayBy,
        string? TransactionId,
        long? PaidFen,
        bool? IsAsAsked,
        DateTimeOffset? PaidAt,
        DateTimeOffset? ClosedAt,
        DateTimeOffset? NextCheckAt,
        IReadOnlyList<RefundResponse> Refunds);

    /// <param name="WeChatNo">Our number at WeChat at present.</param>
    /// <param name="NextTryAt">Null when it is at its end, or a person has to decide.</param>
    public sealed record RefundResponse(
        string RefundNo,
        string WeChatNo,
        PaymentRefundState State,
        long AmountFen,
        string Reason,
        DateTimeOffset WantedAt,
        DateTimeOffset? SettledAt,
        DateTimeOffset? NextTryAt,
        string? RefundId,
        string? TicketId);

    [Function(nameof(GetPayment))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("查看一笔支付及其退款"), Tags("运营：支付")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/payments/{outTradeNo}")]
        HttpRequest request,
        string outTradeNo,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var book = await store.ReadBook(PaymentRows.Partition(outTradeNo), cancel);
        return book.Payment is { } payment
            ? Results.Ok(ResponseOf(payment, book.Refunds))
            : Answers.Problem(PaymentRefusals.Missing);
    }

    private static Response ResponseOf(WeChatPayment payment, IReadOnlyList<PaymentRefund> refunds) => new(
        payment.OutTradeNo, payment.OrderId, payment.MemberId, payment.State, payment.Asked?.AmountFen,
        payment.Asked?.PayBy, payment.Paid?.TransactionId, payment.Paid?.AmountFen, payment.Paid?.IsAsAsked,
        payment.Paid?.At, payment.ClosedAt, payment.CheckAt, [.. refunds.Select(ResponseOf)]);

    private static RefundResponse ResponseOf(PaymentRefund refund) => new(
        refund.RefundNo, refund.WeChatNo, refund.State, refund.AmountFen, refund.Reason, refund.WantedAt,
        refund.SettledAt, refund.NextAt, refund.RefundId, refund.Ticket?.Id);
}
