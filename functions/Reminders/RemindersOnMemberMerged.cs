using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Reminders;

/// <summary>AUTH-10: what a merged account is to be reminded of, the other is.</summary>
public sealed class RemindersOnMemberMerged(
    Inbox inbox, CycleDesk cycles, BirthdayDesk birthdays, OpeningDesk openings)
{
    [Function(nameof(RemindersOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.ReminderMergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(
            nameof(RemindersOnMemberMerged), MemberMessages.ReminderMergeQueue, message, BringOver, cancel);

    private async Task<Refusal?> BringOver(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        await cycles.BringOver(merged, operation, cancel);
        await birthdays.BringOver(merged, operation, cancel);
        await openings.BringOver(merged, operation, cancel);
        return null;
    }
}
