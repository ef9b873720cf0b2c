using Pond.Members;

namespace Pond.Reminders;

/// <summary>What this slice keeps of a member, for the member to take along.</summary>
public static class ReminderRecords
{
    public static readonly IReadOnlyList<PersonalRecords> All =
    [
        PersonalRecords.Under<RepurchaseCycle>("repurchaseCycles", CycleRows.Prefix),
        PersonalRecords.Row<BirthdayYear>("birthdayReminder", BirthdayRows.Row),
        PersonalRecords.Under<Opening>("promotionReminders", OpeningRows.Prefix),
    ];
}
