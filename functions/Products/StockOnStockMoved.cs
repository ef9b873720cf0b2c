using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Products;

/// <summary>ACT-03: pieces of an activity that is over are back in the stock of the SKU.</summary>
public sealed class StockOnStockMoved(Inbox inbox, Transactor transactor)
{
    [Function(nameof(StockOnStockMoved))]
    public Task Run(
        [QueueTrigger(ProductMessages.MovedStockQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<StockMovedV1>(
            nameof(StockOnStockMoved), ProductMessages.MovedStockQueue, message, Receive, cancel);

    private async Task<Refusal?> Receive(StockMovedV1 moved, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            StockRows.Shard(moved.SkuId, moved.Shard),
            operation,
            (_, now) => AllotmentRules.Receive(moved.Key, moved.Quantity, now),
            cancel);
        return decision.Refusal;
    }
}
