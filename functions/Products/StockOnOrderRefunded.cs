using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Products;

/// <summary>PRD-01: goods that came back whole can be sold again, each refund's once.</summary>
public sealed class StockOnOrderRefunded(Inbox inbox, StockSettling settling)
{
    [Function(nameof(StockOnOrderRefunded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RefundedStockQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRefundedV1>(
            nameof(StockOnOrderRefunded), OrderMessages.RefundedStockQueue, message, Return, cancel);

    private Task<Refusal?> Return(OrderRefundedV1 refunded, Operation operation, CancellationToken cancel)
    {
        var (orderId, number) = (refunded.OrderId, refunded.RefundNumber);
        StockStep[] steps =
        [
            .. from back in refunded.Restocked
               group back.Quantity by (back.SkuId, back.Shard) into place
               let quantity = place.Sum()
               select new StockStep(
                   place.Key.SkuId, place.Key.Shard,
                   (desk, now) => StockLedgerRules.Return(desk, orderId, number, quantity, now)),
        ];
        return settling.Run(orderId, steps, operation, cancel);
    }
}
