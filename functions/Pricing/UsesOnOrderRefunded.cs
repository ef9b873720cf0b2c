using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Pricing;

/// <summary>D30: an order that is refunded as a whole gives back its uses of promotions.</summary>
public sealed class UsesOnOrderRefunded(Inbox inbox, PromotionUses uses)
{
    [Function(nameof(UsesOnOrderRefunded))]
    public Task Run(
        [QueueTrigger(OrderMessages.RefundedUsesQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderRefundedV1>(
            nameof(UsesOnOrderRefunded), OrderMessages.RefundedUsesQueue, message, Return, cancel);

    private async Task<Refusal?> Return(OrderRefundedV1 refunded, Operation operation, CancellationToken cancel)
    {
        if (refunded.IsWhole)
            await uses.Release(refunded.OrderId, refunded.MemberId, refunded.Uses, operation, cancel);
        return null;
    }
}
