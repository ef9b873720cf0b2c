using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Payments;

/// <summary>
/// PAY-03: closes a payment at WeChat, so that nobody pays for an order that is to be cancelled, unless somebody has.
/// Whatever becomes of this message, the due sweep goes on with what it began.
/// </summary>
public sealed class CloseOnPaymentClosing(Inbox inbox, Transactor transactor, PaymentChecks checks)
{
    [Function(nameof(CloseOnPaymentClosing))]
    public Task Run(
        [QueueTrigger(PaymentMessages.ClosingQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<PaymentClosingV1>(
            nameof(CloseOnPaymentClosing), PaymentMessages.ClosingQueue, message, Close, cancel);

    private async Task<Refusal?> Close(PaymentClosingV1 closing, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            PaymentRows.Payment(closing.OutTradeNo),
            operation,
            (book, now) => PaymentRules.AskClosing(book.Payment, closing, now),
            cancel);
        var payment = await checks.Find(closing.OutTradeNo, cancel);
        if (payment is { State: PaymentState.Prepared } && !await checks.Look(payment, cancel))
            throw new WeChatSilentException();
        return decision.Refusal;
    }
}

/// <summary>WeChat gave no answer that can be used: the message comes again.</summary>
public sealed class WeChatSilentException() : Exception("WeChat Pay gave no answer that can be used.");
