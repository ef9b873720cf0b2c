using Pond.Platform.Storage;

namespace Pond.Reminders;

/// <summary>
/// Rows in the member's partition: <c>reminder:{hash}</c> what the member is to be reminded of, by its occasion.
/// </summary>
public static class ReminderRows
{
    public const string Prefix = "reminder";

    public static string Row(ReminderDueV1 due) => $"{Prefix}:{Keys.Hash(due.Occasion, due.OccasionId)}";
}
