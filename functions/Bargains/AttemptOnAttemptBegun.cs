using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Bargains;

/// <summary>BRG-01: writes an attempt down that has begun. For whoever begins it, and who follows.</summary>
public sealed class AttemptOnAttemptBegun(Inbox inbox, Transactor transactor)
{
    [Function(nameof(AttemptOnAttemptBegun))]
    public Task Run(
        [QueueTrigger(BargainMessages.AttemptsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<AttemptBegunV1>(
            nameof(AttemptOnAttemptBegun), BargainMessages.AttemptsQueue, message,
            async (begun, _, stop) =>
            {
                await Write(begun.Attempt, stop);
                return null;
            },
            cancel);

    /// <summary>Done twice, it comes to the same.</summary>
    public Task Write(Attempt attempt, CancellationToken cancel) => transactor.Run(
        AttemptRows.Alone(attempt.Id),
        new Operation(nameof(AttemptOnAttemptBegun), attempt.Id, Fingerprint: null),
        (desk, _) => AttemptRules.Start(desk, attempt),
        cancel);
}
