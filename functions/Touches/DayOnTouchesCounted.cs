using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Touches;

/// <summary>TCH-03: adds to the report of the day for which touches were planned, once for each message.</summary>
public sealed class DayOnTouchesCounted(Inbox inbox, Transactor transactor)
{
    [Function(nameof(DayOnTouchesCounted))]
    public Task Run(
        [QueueTrigger(TouchSendMessages.CountQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<TouchesCountedV1>(
            nameof(DayOnTouchesCounted), TouchSendMessages.CountQueue, message, Add, cancel);

    private async Task<Refusal?> Add(TouchesCountedV1 counted, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            TouchTallyRows.Of(counted.MemberId, counted.Day),
            operation,
            (tally, _) => (Decision<TouchTally>)tally.With(counted.Counts),
            cancel);
        return decision.Refusal;
    }
}
