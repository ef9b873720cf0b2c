using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Outbox;

namespace Pond.Promotions;

/// <summary>CMP-03: counts what was given, for good.</summary>
public sealed class BudgetOnPromotionGranted(Inbox inbox, PromotionBudgets budgets)
{
    [Function(nameof(BudgetOnPromotionGranted))]
    public Task Run(
        [QueueTrigger(PromotionMessages.GrantedQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<PromotionGrantedV1>(
            nameof(BudgetOnPromotionGranted),
            PromotionMessages.GrantedQueue,
            message,
            (granted, _, stop) => budgets.Confirm(granted.PromotionId, granted.GrantId, stop),
            cancel);
}
