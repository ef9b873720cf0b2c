using Pond.Kernel;
using Pond.Platform;

namespace Pond.Payments;

/// <summary>PAY-07: puts what a person has to look at where persons look.</summary>
public sealed partial class Tickets(Transactor transactor, ILogger<Tickets> log)
{
    /// <summary>Opens a ticket, or closes one that has come right; the same again changes nothing.</summary>
    public async Task<Refusal?> Open(PaymentTicket ticket, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            TicketRows.Ticket(ticket.Id, ticket.OpenedAt),
            new Operation(nameof(Tickets), $"{ticket.Id} {ticket.IsOpen}", Fingerprint: null),
            (known, _) => TicketRules.Hear(known, ticket),
            cancel);
        foreach (var opened in decision.Facts.OfType<TicketEvent.Opened>())
            NeedsAPerson(opened.Ticket.Id, opened.Ticket.Kind, opened.Ticket.AmountFen);
        return decision.Refusal;
    }

    [LoggerMessage(LogLevel.Error, "The payment ticket {Id} ({Kind}, {AmountFen} fen) needs a person")]
    private partial void NeedsAPerson(string id, TicketKind kind, long amountFen);
}
