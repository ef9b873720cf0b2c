using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Shares;

/// <summary>REF-02: counts how often a share is opened.</summary>
public sealed class OpensOnShareOpened(Inbox inbox, Transactor transactor)
{
    [Function(nameof(OpensOnShareOpened))]
    public Task Run(
        [QueueTrigger(ShareMessages.OpensQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ShareOpenedV1>(nameof(OpensOnShareOpened), ShareMessages.OpensQueue, message, Add, cancel);

    private async Task<Refusal?> Add(ShareOpenedV1 opened, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            OpenRows.Count(opened.Token),
            operation,
            (count, _) => new OpenCount(count.Opens + 1),
            cancel);
        return decision.Refusal;
    }
}
