using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>
/// Partition <c>w:{hash of our number at WeChat}</c>: <c>payment</c> is the head, <c>refund:{number}</c> the refunds.
/// </summary>
public static class PaymentRows
{
    public const string Head = "payment";
    public const string RefundsPrefix = "refund";

    /// <summary>The sweep that asks WeChat about payments.</summary>
    public const string ChecksDue = "payment-checks";

    /// <summary>The sweep that goes on with refunds.</summary>
    public const string RefundsDue = "payment-refunds";

    public static string Partition(string outTradeNo) => "w:" + Keys.Hash(outTradeNo);

    /// <summary>The payment alone.</summary>
    public static Layout<PaymentBook, PaymentEvent> Payment(string outTradeNo) => new(
        Partition(outTradeNo),
        Head,
        Loads: [],
        Read: rows => new PaymentBook(rows.Find<WeChatPayment>(Head), []),
        Write: Rows,
        Evolve: Evolve,
        Announce: Announce,
        Due: Due);

    /// <summary>The payment with its refunds.</summary>
    public static Layout<PaymentBook, PaymentEvent> Book(string outTradeNo) => BookIn(Partition(outTradeNo));

    /// <summary>The same, by its partition.</summary>
    public static Layout<PaymentBook, PaymentEvent> BookIn(string partition) => new(
        partition,
        Head,
        [new Load.Under(RefundsPrefix)],
        Read: rows => new PaymentBook(rows.Find<WeChatPayment>(Head), rows.Under<PaymentRefund>(RefundsPrefix)),
        Write: Rows,
        Evolve: Evolve,
        Announce: Announce,
        Due: Due);

    /// <summary>The payment with its refunds, to look at.</summary>
    public static async Task<PaymentBook> ReadBook(
        this PartitionStore store, string partition, CancellationToken cancel)
    {
        var payment = store.Find<WeChatPayment>(partition, Head, cancel);
        var refunds = store.ReadUnder(partition, RefundsPrefix, Load.RowsMax, cancel);
        await Task.WhenAll(payment, refunds);
        return new PaymentBook(
            payment.Result, [.. refunds.Result.Select(row => Stored.Read<PaymentRefund>(row.Data))]);
    }

    private static PaymentBook Evolve(PaymentBook book, PaymentEvent fact) => new(
        PaymentRules.Evolve(book.Payment, fact), PaymentRefundRules.Evolve(book.Refunds, fact));

    private static IEnumerable<StateRow> Rows(PaymentBook book)
    {
        if (book.Payment is { } payment) yield return new StateRow(Head, payment);
        foreach (var refund in book.Refunds) yield return new StateRow($"{RefundsPrefix}:{refund.RefundNo}", refund);
    }

    private static IEnumerable<Deadline> Due(PaymentBook book)
    {
        if (book.Payment?.CheckAt is { } checkAt) yield return new Deadline(ChecksDue, checkAt);
        if (PaymentRefundRules.NextAt(book) is { } nextAt) yield return new Deadline(RefundsDue, nextAt);
    }

    private static IEnumerable<Message> Announce(PaymentEvent fact) => fact switch
    {
        PaymentEvent.Paid { Transaction: var paid } told =>
        [
            PaymentMessages.Succeeded(new PaymentSucceededV1(
                told.OutTradeNo, told.OrderId, told.MemberId, paid.TransactionId, paid.AmountFen, paid.IsAsAsked,
                paid.At)),
            BookMessages.Booked(new BookLine(told.OutTradeNo, paid.TransactionId, paid.AmountFen, null, 0, paid.At)),
        ],
        PaymentEvent.Closed told =>
            [PaymentMessages.Closed(new PaymentClosedV1(told.OutTradeNo, told.OrderId, told.MemberId, told.At))],
        PaymentEvent.RefundSettled told => Announce(told),
        PaymentEvent.Troubled { Ticket: var ticket } => [TicketMessages.Told(ticket)],
        _ => [],
    };

    private static IEnumerable<Message> Announce(PaymentEvent.RefundSettled told)
    {
        var refund = told.Refund;
        yield return PaymentMessages.RefundSettled(told.Message);
        if (refund.State is PaymentRefundState.Settled)
        {
            yield return BookMessages.Booked(new BookLine(
                told.Message.OutTradeNo, told.Transaction.TransactionId, told.Transaction.AmountFen, refund.WeChatNo,
                refund.AmountFen, told.Message.At, refund.WantedAt));
        }

        if (refund.Ticket is { IsOpen: true } ticket)
        {
            var settled = new TicketSettlement(How: null, OperatorId: null, Reason: null, told.Message.At);
            yield return TicketMessages.Told(ticket with { Settled = settled });
        }
    }
}
