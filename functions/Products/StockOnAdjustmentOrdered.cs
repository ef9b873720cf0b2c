using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Outbox;

namespace Pond.Products;

/// <summary>PRD-01: carries out an adjustment whose caller did not get to it, and finds every other one done.</summary>
public sealed class StockOnAdjustmentOrdered(Inbox inbox, StockAdjustments adjustments)
{
    [Function(nameof(StockOnAdjustmentOrdered))]
    public Task Run(
        [QueueTrigger(ProductMessages.AdjustmentQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<StockAdjustmentV1>(
            nameof(StockOnAdjustmentOrdered), ProductMessages.AdjustmentQueue, message,
            async (adjustment, _, stop) =>
            {
                await adjustments.CarryOut(adjustment, stop);
                return null;
            },
            cancel);
}
