using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Outbox;

namespace Pond.Payments;

/// <summary>PAY-07: opens a ticket for what needs a person, and closes it when it came right by itself.</summary>
public sealed class TicketOnPaymentTroubled(Inbox inbox, Tickets tickets)
{
    [Function(nameof(TicketOnPaymentTroubled))]
    public Task Run(
        [QueueTrigger(TicketMessages.TicketQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<PaymentTicketV1>(
            nameof(TicketOnPaymentTroubled),
            TicketMessages.TicketQueue,
            message,
            (told, _, stop) => tickets.Open(told.Ticket, stop), // the ticket's own id says whether it was opened
            cancel);
}
