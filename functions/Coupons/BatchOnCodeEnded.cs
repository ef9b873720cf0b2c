using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>CPN-07: counts the codes of a batch that have come to their end.</summary>
public sealed class BatchOnCodeEnded(Inbox inbox, Transactor transactor)
{
    [Function(nameof(BatchOnCodeEnded))]
    public Task Run(
        [QueueTrigger(CouponMessages.CodeEndQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CodeEndedV1>(nameof(BatchOnCodeEnded), CouponMessages.CodeEndQueue, message, Count, cancel);

    private async Task<Refusal?> Count(CodeEndedV1 ended, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            CodeBatchRows.Batch(ended.TemplateId, ended.BatchId),
            operation,
            (batch, _) => CodeBatchRules.CountEnd(batch, ended),
            cancel);
        return decision.Refusal;
    }
}
