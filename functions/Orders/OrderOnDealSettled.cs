using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>ORD-14: what a paid order waited for has come about, or its money goes back: each by itself.</summary>
public sealed class OrderOnDealSettled(Inbox inbox, AfterSale afterSale)
{
    [Function(nameof(OrderOnDealSettled))]
    public Task Run(
        [QueueTrigger(OrderMessages.DealSettledQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<DealSettledV1>(
            nameof(OrderOnDealSettled), OrderMessages.DealSettledQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(DealSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        var decision = await afterSale.Run(
            settled.MemberId,
            settled.OrderId,
            operation,
            (order, terms, now) => DealRules.Settle(order, settled, terms, now),
            cancel);
        return decision.Refusal;
    }
}
