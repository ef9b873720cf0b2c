using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>ORD-02: money has come. The order is paid by it, or it goes back.</summary>
public sealed class OrderOnPaymentSucceeded(Inbox inbox, Transactor transactor)
{
    [Function(nameof(OrderOnPaymentSucceeded))]
    public Task Run(
        [QueueTrigger(PaymentMessages.SucceededQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<PaymentSucceededV1>(
            nameof(OrderOnPaymentSucceeded), PaymentMessages.SucceededQueue, message, Take, cancel);

    private async Task<Refusal?> Take(PaymentSucceededV1 payment, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            OrderRows.Of(payment.MemberId, payment.OrderId),
            operation,
            (desk, now) => OrderRules.TakePayment(desk, payment, now),
            cancel);
        return decision.Refusal;
    }
}
