using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Reminders;

/// <summary>PTS-08: keeps what a member is to be reminded of, once for each occasion.</summary>
/// <remarks>A pure insert under a key of its own: that it is there is all the memory it needs.</remarks>
public sealed class RecordOnReminderDue(Inbox inbox, PartitionStore store)
{
    [Function(nameof(RecordOnReminderDue))]
    public Task Run(
        [QueueTrigger(ReminderMessages.ReminderQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ReminderDueV1>(
            nameof(RecordOnReminderDue), ReminderMessages.ReminderQueue, message, Insert, cancel);

    private async Task<Refusal?> Insert(ReminderDueV1 due, Operation operation, CancellationToken cancel)
    {
        var insert = new Write.Insert(ReminderRows.Row(due), Stored.Write(due));
        return await store.Commit(MemberRows.Partition(due.MemberId), [insert], cancel) switch
        {
            CommitOutcome.Committed or CommitOutcome.Conflict => null, // a conflict: it was there already
            var outcome => throw new StoreUnavailableException($"{operation.Name}: {outcome}"),
        };
    }
}
