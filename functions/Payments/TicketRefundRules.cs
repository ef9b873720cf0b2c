using Pond.Kernel;

namespace Pond.Payments;

/// <summary>PAY-07: what an operator's word makes of a refund. Pure.</summary>
public static class TicketRefundRules
{
    /// <summary>
    /// WeChat is to try again: under the same number, which is refunded once, or under another one where WeChat has
    /// closed it. What is paid back or under way meanwhile is left alone.
    /// </summary>
    public static Decision<PaymentEvent> Retry(PaymentBook book, PaymentTicket ticket, DateTimeOffset now)
    {
        if (book.Refund(ticket.RefundNo!) is not { } refund || refund.Ticket?.Id != ticket.Id)
            return Decision<PaymentEvent>.Nothing;
        var next = refund with
        {
            Steps = refund.Steps + 1,
            Failures = 0,
            Polls = 0,
            Retries = refund.Retries + 1,
            Ticket = null,
            NextAt = now,
        };
        return refund.State switch
        {
            PaymentRefundState.Stopped when ticket.Kind is TicketKind.RefundClosed =>
                new PaymentEvent.RefundChanged(next with
                {
                    State = PaymentRefundState.Waiting,
                    MayBeTaken = false,
                    WeChatNo = PaymentRefundRules.NumberAfter(refund),
                    FormerNos = [.. refund.FormerNos, refund.WeChatNo],
                    RefundId = null,
                }),
            PaymentRefundState.Stopped =>
                new PaymentEvent.RefundChanged(next with { State = PaymentRefundState.Waiting }),
            PaymentRefundState.Sending or PaymentRefundState.Processing => new PaymentEvent.RefundChanged(next),
            _ => Decision<PaymentEvent>.Nothing,
        };
    }

    /// <summary>
    /// A person has paid it back. What WeChat has paid back meanwhile stays WeChat's, and what WeChat declined to do
    /// because the order wanted too much is a refund from now on.
    /// </summary>
    public static Decision<PaymentEvent> PayByHand(PaymentBook book, PaymentTicket ticket, DateTimeOffset now)
    {
        if (book.Payment is not { Paid: not null } payment) return PaymentRefusals.Missing;
        var wanted = new RefundWantedV1(
            ticket.RefundNo!, payment.OutTradeNo, payment.OrderId, payment.MemberId, ticket.AmountFen, "");
        if (book.Refund(ticket.RefundNo!) is not { } refund)
        {
            return ticket.Kind is TicketKind.RefundDeclined
                ? PaymentRefundRules.Settle(
                    book, PaymentRefundRules.New(wanted, now), PaymentRefundState.PaidByHand, refundId: null, now)
                : Decision<PaymentEvent>.Nothing;
        }

        return refund.State is PaymentRefundState.Settled or PaymentRefundState.PaidByHand
            ? Decision<PaymentEvent>.Nothing
            : PaymentRefundRules.Settle(book, refund, PaymentRefundState.PaidByHand, refundId: null, now);
    }
}
