using System.Diagnostics;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-03, PAY-04: asks WeChat what has become of a payment, and keeps the answer.</summary>
public sealed class PaymentChecks(
    WeChatPay weChat, PartitionStore store, Transactor transactor, PayerHashes payers, TimeProvider clock)
{
    public Task<WeChatPayment?> Find(string outTradeNo, CancellationToken cancel) =>
        store.Find<WeChatPayment>(PaymentRows.Partition(outTradeNo), PaymentRows.Head, cancel);

    /// <summary>
    /// Asks, and closes at WeChat what nobody is to pay any more. An answer that says nothing is counted, so that the
    /// next look comes later.
    /// </summary>
    /// <returns>Whether WeChat gave an answer that can be used.</returns>
    public async Task<bool> Look(WeChatPayment payment, CancellationToken cancel)
    {
        var answer = await weChat.Query(payment.OutTradeNo, cancel);
        if (answer is QueryOutcome.NotPaid && PaymentRules.WantsEnd(payment, clock.GetUtcNow()))
            answer = await Close(payment.OutTradeNo, cancel);
        await Keep(payment, answer, cancel);
        return answer is not QueryOutcome.Unknown;
    }

    /// <summary>Asks, and keeps what is final.</summary>
    public async Task<QueryOutcome> Ask(WeChatPayment payment, CancellationToken cancel)
    {
        var answer = await weChat.Query(payment.OutTradeNo, cancel);
        if (answer is QueryOutcome.Paid or QueryOutcome.Closed) await Keep(payment, answer, cancel);
        return answer;
    }

    /// <summary>Keeps that WeChat has the money.</summary>
    /// <exception cref="ContendedException">It is not known whether it is kept.</exception>
    public Task<Decision<PaymentEvent>> Pay(
        Transaction transaction, string name, CancellationToken cancel)
    {
        var news = payers.NewsOf(transaction);
        return transactor.Run(
            PaymentRows.Payment(news.OutTradeNo),
            new Operation(name, news.TransactionId, Fingerprint: null),
            (book, now) => book.Payment is { } payment
                ? PaymentRules.Pay(payment, news, now)
                : PaymentRefusals.Missing,
            cancel);
    }

    private async Task<QueryOutcome> Close(string outTradeNo, CancellationToken cancel) =>
        await weChat.Close(outTradeNo, cancel) switch
        {
            CloseOutcome.Closed => new QueryOutcome.Closed(),
            CloseOutcome.Missing => new QueryOutcome.Missing(),
            CloseOutcome.Paid => await weChat.Query(outTradeNo, cancel), // paid a moment ago
            CloseOutcome.Unknown => new QueryOutcome.Unknown(),
            _ => throw new UnreachableException(),
        };

    private Task<Decision<PaymentEvent>> Keep(
        WeChatPayment payment, QueryOutcome answer, CancellationToken cancel) => answer switch
        {
            QueryOutcome.Paid paid => Pay(paid.Transaction, nameof(PaymentChecks), cancel),
            QueryOutcome.Closed => Hear(payment, NotPaidNews.Closed, cancel),
            QueryOutcome.Missing => Hear(payment, NotPaidNews.Missing, cancel),
            QueryOutcome.NotPaid => Hear(payment, NotPaidNews.Open, cancel),
            QueryOutcome.Unknown => Hear(payment, NotPaidNews.Unknown, cancel),
            _ => throw new UnreachableException(),
        };

    // With the state: closing is not counted, and what is looked at after it is another look.
    private Task<Decision<PaymentEvent>> Hear(
        WeChatPayment payment, NotPaidNews news, CancellationToken cancel) => transactor.Run(
        PaymentRows.Payment(payment.OutTradeNo),
        new Operation(
            nameof(PaymentChecks), $"{payment.OutTradeNo}#{payment.Checks} {payment.State}", Fingerprint: null),
        (book, now) => PaymentRules.Hear(book.Payment!, news, payment.Checks, now),
        cancel);
}
