using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Points;

/// <summary>
/// PTS-12: spends what a paid order holds; for one that was given up, frees it, or sees to it that none is held later.
/// </summary>
public sealed class PointsOnOrderSettled(Inbox inbox, Transactor transactor)
{
    [Function(nameof(PointsOnOrderSettled))]
    public Task Run(
        [QueueTrigger(OrderMessages.SettledPointsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderSettledV1>(
            nameof(PointsOnOrderSettled), OrderMessages.SettledPointsQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(OrderSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        if (settled is { IsPaid: true, HeldPoints: 0 }) return null;

        // On the account that placed the order, whatever it has become part of: that is where a late hold comes.
        var cause = OrderBookingRules.CauseOf(settled.OrderId);
        var decision = await transactor.Run(
            PointsRows.Holding(settled.MemberId, cause),
            operation,
            (account, now) => settled.IsPaid
                ? HoldRules.Post(account, cause, now)
                : HoldRules.Abandon(account, cause, now),
            cancel);
        return decision.Refusal;
    }
}
