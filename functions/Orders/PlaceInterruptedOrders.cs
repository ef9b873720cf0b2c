using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>Every minute: goes on with orders whose placing was interrupted, or gives them up (ORD-01).</summary>
public sealed class PlaceInterruptedOrders(DueSweep sweep, OpenOrders open, Placing placing, TimeProvider clock)
{
    [Function(nameof(PlaceInterruptedOrders))]
    public Task Run([TimerTrigger("25 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(OrderRows.PlacingDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (moved, now, nextAt) = (0, clock.GetUtcNow(), (DateTimeOffset?)null);
        foreach (var order in await open.In(partition, cancel))
        {
            if (order.State is not OrderState.Placing) continue;
            var lookAt = order.PlacedAt + PlacingRules.RedriveAfter;
            if (lookAt <= now)
            {
                var after = await placing.Advance(order.MemberId, order.Id, note: null, cancel);
                if (after.State is not OrderState.Placing)
                {
                    moved++;
                    continue;
                }

                lookAt = now + PlacingRules.RedriveAfter;
            }

            nextAt = nextAt < lookAt ? nextAt : lookAt;
        }

        return new DueVisit(moved, nextAt);
    }
}
