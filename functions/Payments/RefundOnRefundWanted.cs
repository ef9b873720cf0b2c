using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Payments;

/// <summary>PAY-05: an order wants money to go back: kept first, then sent; the due sweep goes on with it.</summary>
public sealed class RefundOnRefundWanted(
    Inbox inbox, Transactor transactor, RefundWork work, Tickets tickets, TimeProvider clock)
{
    [Function(nameof(RefundOnRefundWanted))]
    public Task Run(
        [QueueTrigger(PaymentMessages.RefundWantedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<RefundWantedV1>(
            nameof(RefundOnRefundWanted), PaymentMessages.RefundWantedQueue, message, Refund, cancel);

    private async Task<Refusal?> Refund(RefundWantedV1 wanted, Operation operation, CancellationToken cancel)
    {
        var layout = PaymentRows.Book(wanted.OutTradeNo);
        var decision = await transactor.Run(
            layout,
            operation,
            (book, now) => book.Payment is null ? PaymentRefusals.Missing : PaymentRefundRules.Want(book, wanted, now),
            cancel);
        if (decision.Refusal == PaymentRefusals.Missing)
            return await tickets.Open(PaymentTicket.Of(wanted, "unknown", clock.GetUtcNow()), cancel);

        await work.GoOn(layout.Partition, cancel);
        return decision.Refusal;
    }
}
