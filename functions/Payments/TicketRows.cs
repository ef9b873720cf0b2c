using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>
/// Partition <c>{spread}:payment-tickets</c>: <c>ticket:{id}</c> for every ticket that ever was, so that none comes
/// twice, and <c>open:{since}:{id}</c> for those that wait for somebody, the oldest first.
/// </summary>
public static class TicketRows
{
    public const string OpenPrefix = "open";

    private const string Name = "payment-tickets";
    private const int SpreadChars = 4;
    private const int SecondDigits = 11;

    public static readonly string Partition = $"{Keys.Hash(Name)[..SpreadChars]}:{Name}";

    public static string Row(string id) => $"ticket:{id}";

    /// <summary>One ticket.</summary>
    /// <param name="openedAt">Of the ticket as it is kept, or as it would be.</param>
    public static Layout<PaymentTicket?, TicketEvent> Ticket(string id, DateTimeOffset openedAt)
    {
        var open = $"{OpenPrefix}:{Keys.Sortable(openedAt.ToUnixTimeSeconds(), SecondDigits)}:{id}";
        return new(
            Partition,
            Row(id),
            [new Load.One(open)],
            Read: rows => rows.Find<PaymentTicket>(Row(id)),
            Write: ticket => Rows(ticket, open),
            Evolve: (_, fact) => fact.Ticket,
            Announce: Announce);
    }

    private static IEnumerable<StateRow> Rows(PaymentTicket? ticket, string open)
    {
        if (ticket is null) yield break;
        yield return new StateRow(Row(ticket.Id), ticket);
        if (ticket.IsOpen) yield return new StateRow(open, ticket);
    }

    private static IEnumerable<Message> Announce(TicketEvent fact)
    {
        if (fact is not TicketEvent.Settled { Ticket: { Settled: { OperatorId: { } by } settled } ticket }) yield break;
        yield return OperatorMessages.Acted(new OperatorActedV1(
            by, "payment_ticket.settle", ticket.Id, settled.Reason ?? "", "open",
            ResponseJson.NameOf(settled.How!.Value), settled.At));
        if (ticket.RefundNo is not null && settled.How is not SettlementHow.Ignored)
            yield return TicketMessages.Settled(ticket);
    }
}
