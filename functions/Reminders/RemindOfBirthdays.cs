using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Outbox;

namespace Pond.Reminders;

/// <summary>CARE-01: every five minutes, plans the greetings of birthdays that are near.</summary>
public sealed class RemindOfBirthdays(DueSweep sweep, BirthdayDesk desk)
{
    [Function(nameof(RemindOfBirthdays))]
    public Task Run([TimerTrigger("20 */5 * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(Birthdays.LooksDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (planned, nextAt) = await desk.Look(partition[MemberRows.Partition("").Length..], cancel);
        return new DueVisit(planned, nextAt);
    }
}
