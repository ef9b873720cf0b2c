using Pond.Reminders;

namespace Pond.Tests.Reminders;

[Rule("PTS-08")]
public sealed class RecordingReminders
{
    private static readonly ReminderDueV1 Due = new("m", "points.ending", "20260701.7", 1, null, HandClock.Start);

    [Fact]
    public void An_occasion_has_one_row_whatever_else_is_said_of_it() => Assert.Equal(
        ReminderRows.Row(Due), ReminderRows.Row(Due with { Amount = 2, EndsAt = HandClock.Start, At = default }));

    [Fact]
    public void Another_occasion_has_another_row() => Assert.Equal(
        3,
        new[] { Due, Due with { Occasion = "tier.ending" }, Due with { OccasionId = "20260701.1" } }
            .Select(ReminderRows.Row).Distinct().Count());
}
