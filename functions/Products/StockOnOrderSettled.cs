using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Products;

/// <summary>
/// PRD-01: a paid order's pieces are sold; a cancelled one's are free, in every shard that it may have asked.
/// </summary>
public sealed class StockOnOrderSettled(Inbox inbox, StockSettling settling)
{
    [Function(nameof(StockOnOrderSettled))]
    public Task Run(
        [QueueTrigger(OrderMessages.SettledStockQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderSettledV1>(
            nameof(StockOnOrderSettled), OrderMessages.SettledStockQueue, message, Settle, cancel);

    private Task<Refusal?> Settle(OrderSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        var orderId = settled.OrderId;
        var paid = settled.Stock.Select(kept => (kept.SkuId, kept.Shard)).ToHashSet();
        (string SkuId, int Shard)[] places =
        [
            .. settled.Wanted
                .SelectMany(want => Enumerable.Range(0, want.Shards).Select(shard => (want.SkuId, shard)))
                .Union(paid),
        ];
        return settling.Run(
            orderId,
            [.. places.Select(place => new StockStep(place.SkuId, place.Shard, Fate(paid.Contains(place))))],
            operation,
            cancel);

        Func<StockDesk, DateTimeOffset, Decision<StockEvent>> Fate(bool isKept) => (desk, now) =>
            !settled.IsPaid ? StockLedgerRules.Release(desk, orderId, now)
            : isKept ? StockLedgerRules.Confirm(desk, orderId, now)
            : StockLedgerRules.ReleaseSpare(desk, orderId, now);
    }
}
