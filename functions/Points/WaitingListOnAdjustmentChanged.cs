using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Points;

/// <summary>Keeps the list's copy of an adjustment: decided once, it stays so whatever comes late.</summary>
public sealed class WaitingListOnAdjustmentChanged(Inbox inbox, Transactor transactor)
{
    [Function(nameof(WaitingListOnAdjustmentChanged))]
    public Task Run(
        [QueueTrigger(AdjustmentMessages.ListQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<AdjustmentChangedV1>(
            nameof(WaitingListOnAdjustmentChanged), AdjustmentMessages.ListQueue, message, Copy, cancel);

    private async Task<Refusal?> Copy(AdjustmentChangedV1 changed, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            AdjustmentRows.Listed(changed.Adjustment),
            operation,
            (listed, _) => listed is null or { State: AdjustmentState.Waiting }
                ? changed.Adjustment
                : Decision<WaitingAdjustment>.Nothing,
            cancel);
        return decision.Refusal;
    }
}
