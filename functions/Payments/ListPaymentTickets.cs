using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>PAY-07: what about money waits for a person, the longest waiting first.</summary>
public sealed class ListPaymentTickets(PartitionStore store, OperatorCallers callers)
{
    [Function(nameof(ListPaymentTickets))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("待人工处理的支付与退款"), Tags("运营：支付")]
    [ProducesResponseType<Listing<TicketResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/payment-tickets")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(TicketRows.OpenPrefix);
        var page = await Paging.Of(request, from, until).Read(
            store, TicketRows.Partition, row => TicketResponse.Of(Stored.Read<PaymentTicket>(row.Data)), cancel);
        return Results.Ok(page);
    }
}

/// <summary>A ticket as operators see it.</summary>
/// <param name="Detail">WeChat's code or number, or what our books say.</param>
/// <param name="How">Null while it is open, or when it has come right by itself.</param>
public sealed record TicketResponse(
    string TicketId,
    TicketKind Kind,
    string? OutTradeNo,
    string? TransactionId,
    string? RefundNo,
    long AmountFen,
    string? Detail,
    DateTimeOffset OpenedAt,
    DateTimeOffset? SettledAt,
    SettlementHow? How)
{
    internal static TicketResponse Of(PaymentTicket ticket) => new(
        ticket.Id, ticket.Kind, ticket.OutTradeNo, ticket.TransactionId, ticket.RefundNo, ticket.AmountFen,
        ticket.Detail, ticket.OpenedAt, ticket.Settled?.At, ticket.Settled?.How);
}
