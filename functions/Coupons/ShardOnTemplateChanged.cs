using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Coupons;

/// <summary>Opens a shard of the stock, or tells it of a changed template.</summary>
public sealed class ShardOnTemplateChanged(Inbox inbox, Transactor transactor)
{
    [Function(nameof(ShardOnTemplateChanged))]
    public Task Run(
        [QueueTrigger(CouponMessages.ShardQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ShardTemplateChangedV1>(
            nameof(ShardOnTemplateChanged), CouponMessages.ShardQueue, message, Copy, cancel);

    /// <summary>
    /// Tells all shards at once, so that a change holds from the operator's answer on. Their messages find it done.
    /// </summary>
    public async Task CopyToAll(Template template, CancellationToken cancel)
    {
        for (var shard = 0; shard < template.Shards; shard++)
        {
            var operation = new Operation(nameof(CopyToAll), $"{template.Version}", Fingerprint: null);
            await Copy(new ShardTemplateChangedV1(template, shard), operation, cancel);
        }
    }

    private async Task<Refusal?> Copy(ShardTemplateChangedV1 changed, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            ShardRows.Shard(changed.Template.Terms.TemplateId, changed.Shard),
            operation,
            (desk, _) => ClaimRules.CopyTemplate(desk, changed.Template, changed.Shard),
            cancel);
        return decision.Refusal;
    }
}
