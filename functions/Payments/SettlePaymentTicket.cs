using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>PAY-07: finance says what is done about a ticket; its refund follows a moment later.</summary>
public sealed class SettlePaymentTicket(
    Transactor transactor, PartitionStore store, OperatorCallers callers, TimeProvider clock)
{
    public sealed record Request
    {
        public required SettlementHow How { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    [Function(nameof(SettlePaymentTicket))]
    [Caller(CallerKind.Operator), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("处理一张支付待处理单"), Tags("运营：支付")]
    [ProducesResponseType<TicketResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/payment-tickets/{ticketId}/settlement")]
        HttpRequest request,
        string ticketId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Finance);
        var body = await request.Read<Request>(cancel);
        var operation = request.Operation(nameof(SettlePaymentTicket), caller.Id, body);
        if (!Ids.IsId(ticketId)) return Answers.Problem(TicketRefusals.Missing);
        var row = TicketRows.Row(ticketId);
        if (await store.Find<PaymentTicket>(TicketRows.Partition, row, cancel) is not { } ticket)
            return Answers.Problem(TicketRefusals.Missing);

        var settlement = new TicketSettlement(body.How, caller.Id, body.Reason, clock.GetUtcNow());
        var decision = await transactor.Run(
            TicketRows.Ticket(ticketId, ticket.OpenedAt),
            operation,
            (known, _) => TicketRules.Settle(known, settlement),
            cancel);
        return decision.ToHttp(facts => Results.Ok(TicketResponse.Of(facts.Single().Ticket)));
    }
}
