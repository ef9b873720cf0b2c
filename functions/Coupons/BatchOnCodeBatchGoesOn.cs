using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-07: carries a batch of codes one bounded step further; each step asks for the next.</summary>
public sealed class BatchOnCodeBatchGoesOn(
    Inbox inbox, Transactor transactor, PartitionStore store, CodeBatchWork work)
{
    [Function(nameof(BatchOnCodeBatchGoesOn))]
    public Task Run(
        [QueueTrigger(CouponMessages.CodeBatchQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CodeBatchGoesOnV1>(
            nameof(BatchOnCodeBatchGoesOn), CouponMessages.CodeBatchQueue, message, GoOn, cancel);

    private async Task<Refusal?> GoOn(CodeBatchGoesOnV1 next, Operation operation, CancellationToken cancel)
    {
        var batch = await CodeBatchRows.Find(store, next.TemplateId, next.BatchId, cancel);
        if (batch is null) return CouponRefusals.BatchMissing;
        if (await work.Next(batch, cancel) is not { } step) return null;

        var decision = await transactor.Run(
            CodeBatchRows.Batch(next.TemplateId, next.BatchId),
            operation,
            (current, _) => CodeBatchRules.GoOn(current, step),
            cancel);
        return decision.Refusal;
    }
}
