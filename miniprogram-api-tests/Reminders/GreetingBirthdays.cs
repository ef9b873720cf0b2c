using System.Globalization;
using Pond.Reminders;
using Pond.Tests.Members;
using Pond.Touches;

namespace Pond.Tests.Reminders;

/// <summary>A member who has told their birthday long enough before is greeted on it, once in a year.</summary>
[Rule("CARE-01")]
public sealed class GreetingBirthdays : IAsyncLifetime
{
    private HeardTouches touches = null!;
    private MiniProgramApi api = null!;
    private Phone alice = null!;

    public async Task InitializeAsync()
    {
        touches = await HeardTouches.Start();
        api = touches.Api;
        alice = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await touches.DisposeAsync();

    [Fact]
    public async Task The_greeting_of_each_year_is_planned_before_its_day_and_stands_on_that_alone()
    {
        await Say("1990-06-15");
        await LookUntil(Noon(2026, 6, 20));
        var touch = Assert.Single(touches.Of(Occasion.Birthday));
        Assert.Equal(
            (alice.MemberId, "2026", China(2026, 6, 15).AddHours(10), China(2026, 6, 16)),
            (touch.MemberId, touch.OccasionId, touch.NotBefore, touch.Until));
        Assert.False(await touches.Stands(touch));

        await LookUntil(Noon(2027, 6, 15));
        Assert.Equal(["2026", "2027"], touches.Of(Occasion.Birthday).Select(one => one.OccasionId));
        Assert.True(await touches.Stands(touches.Of(Occasion.Birthday)[1]));
    }

    [Theory]
    [InlineData("1990-03-25", "2027")] // less than thirty days after it was said
    [InlineData("1990-04-10", "2026")]
    public async Task Who_says_it_shortly_before_waits_for_the_next(string birthday, string year)
    {
        await Say(birthday);
        await LookUntil(Noon(2027, 5, 1));
        Assert.Equal(year, touches.Of(Occasion.Birthday)[0].OccasionId);
    }

    [Fact]
    public async Task Whoever_changes_it_gains_nothing_and_who_takes_it_back_hears_nothing()
    {
        await Say("1990-06-15");
        await LookUntil(Noon(2026, 6, 15));
        var touch = Assert.Single(touches.Of(Occasion.Birthday));
        Assert.True(await touches.Stands(touch));
        await Say("1990-09-15");
        Assert.False(await touches.Stands(touch));
        await LookUntil(Noon(2026, 12, 31));
        Assert.Single(touches.Of(Occasion.Birthday)); // the year has had its own

        await Say(null);
        await LookUntil(Noon(2027, 12, 31));
        Assert.Single(touches.Of(Occasion.Birthday));
    }

    [Fact]
    public async Task Who_was_born_on_the_29th_of_February_has_it_on_the_28th_where_there_is_none()
    {
        await Say("1992-02-29");
        await LookUntil(Noon(2028, 3, 1));
        Assert.Equal(
            [China(2027, 2, 28), China(2028, 2, 29)],
            touches.Of(Occasion.Birthday).Select(touch => touch.NotBefore.AddHours(-10)));
    }

    [Fact, Rule("AUTH-06")]
    public async Task The_date_stands_in_no_row_in_the_clear_before_it_is_near()
    {
        await Say("1990-06-15");
        await LookUntil(Noon(2026, 3, 3));

        var rows = StoredRow.All(api).Select(row => $"{row.Partition} {row.Key} {row.Data}").ToArray();
        foreach (var form in new[] { "1990", "06-15", "20260615", "2026-06-15", "\"month\"" })
            Assert.DoesNotContain(rows, row => row.Contains(form, StringComparison.Ordinal));

        (await (await api.LogIn("alice")).Delete("/api/me")).EnsureSuccessStatusCode();
        await api.Deliver();
        await LookUntil(Noon(2026, 12, 31));
        Assert.Empty(touches.Of(Occasion.Birthday));
        Assert.DoesNotContain(StoredRow.All(api), row => row.Partition.EndsWith(":due:birthdays", StringComparison.Ordinal));
    }

    [Fact, Rule("AUTH-10")]
    public async Task Two_accounts_of_one_person_are_greeted_once()
    {
        var (older, younger) = await api.LogInTwice("older", "younger", "13800090041");
        foreach (var phone in new[] { older, younger }) await Say("1990-04-15", phone);
        await LookUntil(Noon(2026, 4, 13));
        await (await api.LogIn("younger")).Merge("younger");
        await api.Deliver();
        await LookUntil(Noon(2026, 4, 15));

        Assert.Single(
            await Task.WhenAll(touches.Of(Occasion.Birthday).Where(touch => touch.MemberId == older.MemberId).Select(touches.Stands)),
            stands => stands);
        Assert.All(
            await Task.WhenAll(touches.Of(Occasion.Birthday).Where(touch => touch.MemberId == younger.MemberId).Select(touches.Stands)),
            Assert.False);
    }

    private async Task Say(string? birthday, Phone? phone = null)
    {
        phone ??= await api.LogIn("alice");
        (await phone.Put("/api/me", new { nickname = "小爱", birthday })).EnsureSuccessStatusCode();
    }

    // Every twelve hours is often enough to find what is due.
    private async Task LookUntil(DateTimeOffset end)
    {
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        for (var now = api.Clock.GetUtcNow(); now < end; now = now.AddHours(12))
        {
            api.Clock.MoveTo(now);
            await api.Fire(nameof(RemindOfBirthdays));
        }

        api.Clock.MoveTo(end);
        await api.Fire(nameof(RemindOfBirthdays));
    }

    private static DateTimeOffset Noon(int year, int month, int day) => China(year, month, day).AddHours(12);

    private static DateTimeOffset China(int year, int month, int day) => DateTimeOffset.Parse(
        string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}-{day:00}T00:00:00+08:00"), CultureInfo.InvariantCulture);
}
