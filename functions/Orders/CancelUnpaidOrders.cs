using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>Every minute: cancels orders that were not paid in time (ORD-06).</summary>
public sealed class CancelUnpaidOrders(DueSweep sweep, OpenOrders open, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(CancelUnpaidOrders))]
    public Task Run([TimerTrigger("35 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(OrderRows.PaymentDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (cancelled, now, nextAt) = (0, clock.GetUtcNow(), (DateTimeOffset?)null);
        foreach (var order in await open.In(partition, cancel))
        {
            if (order.State is not OrderState.AwaitingPayment) continue;
            if (order.PayBy > now) nextAt = nextAt < order.PayBy ? nextAt : order.PayBy;
            else cancelled += await Cancel(order, cancel);
        }

        return new DueVisit(cancelled, nextAt);
    }

    private async Task<int> Cancel(Order order, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            OrderRows.Of(order.MemberId, order.Id),
            new Operation(nameof(CancelUnpaidOrders), order.Id, Fingerprint: null),
            OrderRules.TimeOut,
            cancel);
        return decision.Facts.Count > 0 ? 1 : 0;
    }
}
