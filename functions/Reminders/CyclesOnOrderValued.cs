using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Reminders;

/// <summary>REP-01, REP-03: somebody has paid an order, or gets money back for one.</summary>
public sealed class CyclesOnOrderValued(Inbox inbox, CycleDesk desk)
{
    [Function(nameof(CyclesOnOrderValued))]
    public Task Run(
        [QueueTrigger(OrderMessages.ValuedCyclesQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderValuedV1>(
            nameof(CyclesOnOrderValued), OrderMessages.ValuedCyclesQueue, message, Hear, cancel);

    private async Task<Refusal?> Hear(OrderValuedV1 valued, Operation operation, CancellationToken cancel)
    {
        GoodsNews[] news =
        [
            .. (valued.Goods ?? []).Select(goods => new GoodsNews(
                goods.SkuId, goods.Title, [new Purchase(valued.OrderId, goods.Kept, valued.PaidAt)])),
        ];
        await desk.Hear(valued.MemberId, news, operation, cancel);
        return null;
    }
}
