using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Pricing;

/// <summary>D30: an order that was not paid gives back its uses of promotions; a paid one keeps them.</summary>
public sealed class UsesOnOrderSettled(Inbox inbox, PromotionUses uses)
{
    [Function(nameof(UsesOnOrderSettled))]
    public Task Run(
        [QueueTrigger(OrderMessages.SettledUsesQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OrderSettledV1>(
            nameof(UsesOnOrderSettled), OrderMessages.SettledUsesQueue, message, Settle, cancel);

    private async Task<Refusal?> Settle(OrderSettledV1 settled, Operation operation, CancellationToken cancel)
    {
        if (!settled.IsPaid) await uses.Release(settled.OrderId, settled.MemberId, settled.Uses, operation, cancel);
        return null;
    }
}
