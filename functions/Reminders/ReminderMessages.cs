using Pond.Platform;

namespace Pond.Reminders;

/// <summary>
/// It is time to remind a member of something. Every slice says so in the batch of what it follows from.
/// </summary>
/// <param name="Occasion">What of, such as <c>points.ending</c>.</param>
/// <param name="OccasionId">Which one: the same however often it is told.</param>
/// <param name="Amount">How much is at stake, such as points; null when nothing is counted.</param>
/// <param name="EndsAt">Until when the member can act; null when there is no end.</param>
public sealed record ReminderDueV1(
    string MemberId, string Occasion, string OccasionId, long? Amount, DateTimeOffset? EndsAt, DateTimeOffset At);

/// <summary>The queue of this slice.</summary>
public static class ReminderMessages
{
    public const string ReminderQueue = "reminders";

    public static Message Due(ReminderDueV1 due) => new(ReminderQueue, due);
}
