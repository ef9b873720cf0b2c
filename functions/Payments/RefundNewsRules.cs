using System.Diagnostics;
using Pond.Kernel;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-05, PAY-06: what WeChat's word makes of a refund. Pure.</summary>
public static class RefundNewsRules
{
    /// <summary>Answers in a row that do not bring a refund further, until a person is told.</summary>
    public const int FailuresBeforeTicket = 6;

    /// <summary>What WeChat answered to sending or asking.</summary>
    public static Decision<PaymentEvent> Hear(
        PaymentBook book, PaymentRefund seen, RefundOutcome outcome, DateTimeOffset now) => outcome switch
        {
            RefundOutcome.Known known => Hear(book, known.News, now),
            RefundOutcome.Unknown => Fail(book, seen, "UNKNOWN", mayBeTaken: true, now),
            RefundOutcome.Busy => Fail(book, seen, "BUSY", seen.MayBeTaken, now),
            RefundOutcome.Missing => Fail(book, seen, "MISSING", mayBeTaken: false, now),
            RefundOutcome.Refused refused => Fail(book, seen, refused.Code, mayBeTaken: false, now),
            _ => throw new UnreachableException(),
        };

    /// <summary>What WeChat says of a refund: in an answer, or by itself, as often and as late as it likes.</summary>
    public static Decision<PaymentEvent> Hear(PaymentBook book, RefundNews news, DateTimeOffset now)
    {
        if (book.Refunds.SingleOrDefault(one => one.WeChatNo == news.RefundNo) is not { } refund)
            return HearFormer(book, news, now);
        if (refund.State is PaymentRefundState.Settled) return Decision<PaymentEvent>.Nothing;
        if (refund.State is PaymentRefundState.PaidByHand)
        {
            return news.Status is RefundStatus.Success
                ? Trouble(TicketKind.RefundedTwice, book, refund, news.RefundId, now)
                : Decision<PaymentEvent>.Nothing;
        }

        if (news.RefundFen != refund.AmountFen) return Stop(book, refund, TicketKind.RefundDiffers, news, now);
        return news.Status switch
        {
            RefundStatus.Success => PaymentRefundRules.Settle(
                book, refund, PaymentRefundState.Settled, news.RefundId, news.SucceededAt ?? now),
            RefundStatus.Processing => Wait(refund, news, now),
            RefundStatus.Closed => Stop(book, refund, TicketKind.RefundClosed, news, now),
            RefundStatus.Abnormal => Stop(book, refund, TicketKind.RefundAbnormal, news, now),
            _ => throw new UnreachableException(),
        };
    }

    // News of a number that we have given up, or never had.
    private static Decision<PaymentEvent> HearFormer(PaymentBook book, RefundNews news, DateTimeOffset now)
    {
        var isFormer = book.Refunds.Any(refund => refund.FormerNos.Contains(news.RefundNo));
        return isFormer && news.Status is not RefundStatus.Success
            ? Decision<PaymentEvent>.Nothing
            : new PaymentEvent.Troubled(PaymentTicket.Of(TicketKind.StrangeRefund, news, now));
    }

    private static Decision<PaymentEvent> Fail(
        PaymentBook book, PaymentRefund seen, string code, bool mayBeTaken, DateTimeOffset now)
    {
        if (book.Refund(seen.RefundNo) is not { } refund || refund.Steps != seen.Steps
            || refund.State is not (PaymentRefundState.Sending or PaymentRefundState.Processing))
            return Decision<PaymentEvent>.Nothing;

        var failed = refund with
        {
            MayBeTaken = mayBeTaken || refund.State is PaymentRefundState.Processing,
            Steps = refund.Steps + 1,
            Failures = refund.Failures + 1,
            NextAt = now + PaymentRefundRules.Pause(refund.Failures + 1),
        };
        if (failed.Failures != FailuresBeforeTicket || refund.Ticket is not null)
            return new PaymentEvent.RefundChanged(failed);

        var ticket = PaymentTicket.Of(TicketKind.RefundStuck, book.Payment!, failed, code, now);
        return new PaymentEvent[]
        {
            new PaymentEvent.RefundChanged(failed with { Ticket = ticket }), new PaymentEvent.Troubled(ticket),
        };
    }

    private static PaymentEvent.RefundChanged Wait(PaymentRefund refund, RefundNews news, DateTimeOffset now)
    {
        var polls = refund.Polls + 1;
        return new PaymentEvent.RefundChanged(refund with
        {
            State = PaymentRefundState.Processing,
            MayBeTaken = true,
            Steps = refund.Steps + 1,
            Failures = 0,
            Polls = polls,
            RefundId = news.RefundId,
            NextAt = now + PaymentRefundRules.Pause(polls),
        });
    }

    private static Decision<PaymentEvent> Stop(
        PaymentBook book, PaymentRefund refund, TicketKind kind, RefundNews news, DateTimeOffset now)
    {
        if (refund is { State: PaymentRefundState.Stopped, Ticket: { } open } && open.Kind == kind)
            return Decision<PaymentEvent>.Nothing;

        var ticket = PaymentTicket.Of(kind, book.Payment!, refund, news.RefundId, now);
        var stopped = refund with
        {
            State = PaymentRefundState.Stopped,
            NextAt = null,
            Steps = refund.Steps + 1,
            RefundId = news.RefundId,
            Ticket = ticket,
        };
        return new PaymentEvent[] { new PaymentEvent.RefundChanged(stopped), new PaymentEvent.Troubled(ticket) };
    }

    private static PaymentEvent.Troubled Trouble(
        TicketKind kind, PaymentBook book, PaymentRefund refund, string? detail, DateTimeOffset now) =>
        new(PaymentTicket.Of(kind, book.Payment!, refund, detail, now));
}
