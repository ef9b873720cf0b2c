using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Orders;

/// <summary>
/// Keeps the shop's lists after an order has moved. The message only says which one: what is copied is the order as it
/// is, and the newest copy stays, whatever comes late.
/// </summary>
public sealed class ListsOnOrderMoved(Inbox inbox, Transactor transactor, OrderPlaces places)
{
    [Function(nameof(ListsOnOrderMoved))]
    public Task Run(
        [QueueTrigger(OrderMessages.MovedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderMovedV1>(nameof(ListsOnOrderMoved), OrderMessages.MovedQueue, message, Copy, cancel);

    private async Task<Refusal?> Copy(OrderMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        if (await places.FindOf(moved.MemberId, moved.OrderId, cancel) is not { } order) return OrderRefusals.Missing;

        var place = new OrderPlace(order.Id, order.MemberId);
        await transactor.Run(
            OrderPlaces.Place(order.Id),
            operation,
            (known, _) => known is null ? place : Decision<OrderPlace>.Nothing,
            cancel);

        var entry = OrderEntry.Of(order);
        await transactor.Run(
            OrderIndexRows.Of(entry),
            operation,
            (listed, _) => listed is null || listed.Version < entry.Version ? entry : Decision<OrderEntry>.Nothing,
            cancel);
        if (order.Refunds.Count == 0) return null;

        var waiting = WaitingRefunds.Of(order);
        await transactor.Run(
            WaitingRefundRows.Of(order),
            operation,
            (listed, _) =>
                listed is null || listed.Version < waiting.Version ? waiting : Decision<WaitingRefunds>.Nothing,
            cancel);
        return null;
    }
}
