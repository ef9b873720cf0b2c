using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>
/// ORD-11: every minute, receives what was sent long ago, and goes on with refunds on which nobody has acted in time.
/// </summary>
public sealed partial class ServeWaitingOrders(
    DueSweep sweep, AfterSale afterSale, PartitionStore store, TimeProvider clock, ILogger<ServeWaitingOrders> log)
{
    /// <summary>Waiting orders of one member that one visit looks at.</summary>
    public const int OrdersPerVisit = 100;

    [Function(nameof(ServeWaitingOrders))]
    public Task Run([TimerTrigger("50 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(AfterSaleRows.WaitingDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var memberId = partition[MemberRows.Partition("").Length..];
        var (served, now, nextAt) = (0, clock.GetUtcNow(), (DateTimeOffset?)null);
        var all = Keys.Under(AfterSaleRows.WaitingPrefix);
        await foreach (var row in store.ReadEach(partition, all, OrdersPerVisit, cancel))
        {
            var waiting = Stored.Read<WaitingOrder>(row.Data);
            if (waiting.At > now) nextAt = nextAt < waiting.At ? nextAt : waiting.At;
            else served += await Serve(memberId, waiting, cancel);
        }

        return new DueVisit(served, nextAt);
    }

    // The deadline is part of the operation: the same one is served once, the next one is another.
    private async Task<int> Serve(string memberId, WaitingOrder waiting, CancellationToken cancel)
    {
        var at = waiting.At.ToString("O", CultureInfo.InvariantCulture);
        var decision = await afterSale.Run(
            memberId,
            waiting.OrderId,
            new Operation(nameof(ServeWaitingOrders), $"{waiting.OrderId} {at}", Fingerprint: null),
            RefundRules.Lapse,
            cancel);
        foreach (var overdue in decision.Facts.OfType<OrderEvent.RefundMoved>()
            .Where(moved => moved.Before == moved.Refund.State))
            IsOverdue(overdue.Refund.RefundNo, overdue.Refund.State);
        return decision.Facts.Count;
    }

    [LoggerMessage(LogLevel.Error, "Refund {RefundNo} waits for the shop's answer too long: it is {State}")]
    private partial void IsOverdue(string refundNo, RefundState state);
}
