using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Payments;

/// <summary>PAY-07: does with a refund what an operator has decided.</summary>
public sealed class RefundOnTicketSettled(Inbox inbox, Transactor transactor, RefundWork work)
{
    [Function(nameof(RefundOnTicketSettled))]
    public Task Run(
        [QueueTrigger(TicketMessages.SettledQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TicketSettledV1>(
            nameof(RefundOnTicketSettled), TicketMessages.SettledQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(TicketSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        var ticket = settled.Ticket;
        var layout = PaymentRows.Book(ticket.OutTradeNo!);
        var decision = await transactor.Run(
            layout,
            operation,
            (book, now) => ticket.Settled!.How switch
            {
                SettlementHow.Retried => TicketRefundRules.Retry(book, ticket, now),
                SettlementHow.PaidBackByHand => TicketRefundRules.PayByHand(book, ticket, now),
                _ => throw new UnreachableException(),
            },
            cancel);
        await work.GoOn(layout.Partition, cancel);
        return decision.Refusal;
    }
}
