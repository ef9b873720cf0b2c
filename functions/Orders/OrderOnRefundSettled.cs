using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>
/// ORD-05: money has gone back. What it was for is refunded, and whoever gave something for it hears so.
/// </summary>
public sealed class OrderOnRefundSettled(Inbox inbox, AfterSale afterSale)
{
    [Function(nameof(OrderOnRefundSettled))]
    public Task Run(
        [QueueTrigger(PaymentMessages.RefundSettledQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<RefundSettledV1>(
            nameof(OrderOnRefundSettled), PaymentMessages.RefundSettledQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(RefundSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        var decision = await afterSale.Run(
            settled.MemberId,
            settled.OrderId,
            operation,
            (order, terms, now) => RefundRules.Settle(order, settled.RefundNo, terms, now),
            cancel);
        return decision.Refusal;
    }
}
