using Pond.Members;
using Pond.Platform.Storage;

namespace Pond.Reminders;

/// <summary>
/// Rows in the member's partition: <c>reminder:{hash}</c> what the member is to be reminded of, by its occasion.
/// </summary>
public static class ReminderRows
{
    public const string Prefix = "reminder";

    /// <summary>What this slice keeps of a member, for the member to take along.</summary>
    public static readonly PersonalRecords Records = PersonalRecords.Under<ReminderDueV1>("reminders", Prefix);

    public static string Row(ReminderDueV1 due) => $"{Prefix}:{Keys.Hash(due.Occasion, due.OccasionId)}";
}
