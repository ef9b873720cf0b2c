using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-05: brings the refunds of a payment to their end, one at a time, as often as it takes.</summary>
public sealed partial class RefundWork(
    WeChatPay weChat, PartitionStore store, Transactor transactor, TimeProvider clock, ILogger<RefundWork> log)
{
    /// <summary>Refunds of one payment that a visit goes on with.</summary>
    public const int RefundsPerVisit = 10;

    /// <summary>Goes on with what is due.</summary>
    public async Task<DueVisit> GoOn(string partition, CancellationToken cancel)
    {
        for (var done = 0; ; done++)
        {
            var book = await store.ReadBook(partition, cancel);
            if (done == RefundsPerVisit || PaymentRefundRules.Next(book, clock.GetUtcNow()) is not { } refund)
                return new DueVisit(done, PaymentRefundRules.NextAt(book));
            await GoOn(partition, book.Payment!, refund, cancel);
        }
    }

    // The same number is refunded once, so it may be sent again; but who may have been heard asks first.
    private async Task GoOn(string partition, WeChatPayment payment, PaymentRefund refund, CancellationToken cancel)
    {
        var asked = refund.MayBeTaken ? await weChat.QueryRefund(refund.WeChatNo, cancel) : new RefundOutcome.Missing();
        if (asked is not RefundOutcome.Missing || refund.State is PaymentRefundState.Processing)
        {
            await Keep(partition, refund, asked, cancel);
            return;
        }

        if (await Sending(partition, refund, cancel) is not { } sending) return;
        var request = new RefundRequest(
            sending.WeChatNo, payment.OutTradeNo, sending.AmountFen, payment.Paid!.AmountFen, sending.Reason,
            NotifyRefund.Path);
        await Keep(partition, sending, await weChat.Refund(request, cancel), cancel);
    }

    // Null when something else has happened to it meanwhile.
    private async Task<PaymentRefund?> Sending(string partition, PaymentRefund refund, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            PaymentRows.BookIn(partition),
            new Operation(nameof(RefundWork), $"send {Step(refund)}", Fingerprint: null),
            (book, now) => PaymentRefundRules.Send(book, refund, now),
            cancel);
        return decision.Facts.OfType<PaymentEvent.RefundChanged>().SingleOrDefault()?.Refund;
    }

    private async Task Keep(string partition, PaymentRefund refund, RefundOutcome outcome, CancellationToken cancel)
    {
        if (outcome is RefundOutcome.Refused refused) NotTaken(refund.WeChatNo, refused.Code);
        await transactor.Run(
            PaymentRows.BookIn(partition),
            new Operation(nameof(RefundWork), $"hear {Step(refund)}", Fingerprint: null),
            (book, now) => RefundNewsRules.Hear(book, refund, outcome, now),
            cancel);
    }

    private static string Step(PaymentRefund refund) => $"{refund.RefundNo}#{refund.Steps}";

    [LoggerMessage(LogLevel.Error, "WeChat does not take the refund {RefundNo} now: {Code}")]
    private partial void NotTaken(string refundNo, string code);
}
