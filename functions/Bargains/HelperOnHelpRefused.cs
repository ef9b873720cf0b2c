using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Bargains;

/// <summary>BRG-03: a help that came to nothing uses up no right of the day.</summary>
public sealed class HelperOnHelpRefused(Inbox inbox, Transactor transactor)
{
    [Function(nameof(HelperOnHelpRefused))]
    public Task Run(
        [QueueTrigger(BargainMessages.RefusedHelpsQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<HelpRefusedV1>(
            nameof(HelperOnHelpRefused), BargainMessages.RefusedHelpsQueue, message,
            async (refused, operation, stop) => (await transactor.Run(
                HelperRows.Day(refused.MemberId),
                operation,
                (day, _) => HelperRules.Release(day, refused.HoldId),
                stop)).Refusal,
            cancel);
}
