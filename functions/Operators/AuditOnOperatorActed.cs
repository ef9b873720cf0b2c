using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Operators;

/// <summary>ADM-03: writes what an operator did into the audit of the day.</summary>
public sealed class AuditOnOperatorActed(Inbox inbox, Transactor transactor)
{
    [Function(nameof(AuditOnOperatorActed))]
    public Task Run(
        [QueueTrigger(OperatorMessages.AuditQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<OperatorActedV1>(
            nameof(AuditOnOperatorActed), OperatorMessages.AuditQueue, message, Record, cancel);

    private async Task<Refusal?> Record(OperatorActedV1 act, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(AuditDay.Layout(ChinaDay.Of(act.At)), operation, (_, _) => act, cancel);
        return decision.Refusal;
    }
}
