using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>ORD-03: nobody can pay under a number any more. An order that waits for that is cancelled.</summary>
public sealed class OrderOnPaymentClosed(Inbox inbox, Transactor transactor)
{
    [Function(nameof(OrderOnPaymentClosed))]
    public Task Run(
        [QueueTrigger(PaymentMessages.ClosedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<PaymentClosedV1>(
            nameof(OrderOnPaymentClosed), PaymentMessages.ClosedQueue, message, Close, cancel);

    private async Task<Refusal?> Close(PaymentClosedV1 closed, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            OrderRows.Of(closed.MemberId, closed.OrderId),
            operation,
            (desk, now) => OrderRules.CloseAttempt(desk, closed.OutTradeNo, now),
            cancel);
        return decision.Refusal;
    }
}
