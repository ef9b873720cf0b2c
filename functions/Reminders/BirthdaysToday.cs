using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>CARE-01: whether it is the member's birthday.</summary>
public sealed class BirthdaysToday(Birthdays birthdays, PartitionStore store, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.Birthday;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel)
    {
        var finding = birthdays.Find(memberId, cancel);
        var standing = await store.Find<MemberStanding>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
        return BirthdayRules.Stands(await finding, standing, occasionId, clock.GetUtcNow());
    }
}
