using System.Net;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

public sealed class SpendingLots
{
    [Fact, Rule("PTS-01")]
    public async Task Points_end_with_the_month_a_year_on()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogInAt("alice", China(2026, 3, 31, 23, 59, 59));
        await api.Give(alice, 1);
        alice = await api.LogInAt("alice", China(2026, 4, 1));
        await api.Give(alice, 2);

        Assert.Equal(
            [("2027-04-01T00:00:00+08:00", 1), ("2027-05-01T00:00:00+08:00", 2)], await alice.Expiries());
    }

    [Fact, Rule("PTS-01"), Rule("D27")]
    public async Task A_spend_takes_first_what_ends_first_whenever_it_was_earned()
    {
        var data = Directory.CreateTempSubdirectory("pond-lots-");
        try
        {
            await EarnInto(data, lotMonths: 24, points: 100); // earned first, ends last
            await EarnInto(data, lotMonths: 1, points: 10);
            await EarnInto(data, lotMonths: 6, points: 50);
            await using var api = await MiniProgramApi.Start(dataPath: data.FullName);
            var alice = await api.LogIn("alice");

            (await api.Adjust(alice.MemberId, -15)).EnsureSuccessStatusCode();
            Assert.Equal(
                [("2026-10-01T00:00:00+08:00", 45), ("2028-04-01T00:00:00+08:00", 100)], await alice.Expiries());
            (await api.Adjust(alice.MemberId, -46)).EnsureSuccessStatusCode();
            Assert.Equal([("2028-04-01T00:00:00+08:00", 99)], await alice.Expiries());
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact, Rule("PTS-01")]
    public async Task Lots_of_several_months_are_drawn_in_the_order_in_which_they_end()
    {
        await using var api = await MiniProgramApi.Start();
        foreach (var month in new[] { 3, 5, 4 }.Order())
            await api.Give(await api.LogInAt("alice", China(2026, month, 2, 12)), month * 10);
        var alice = await api.LogIn("alice");

        (await api.Adjust(alice.MemberId, -35)).EnsureSuccessStatusCode();

        Assert.Equal(
            [("2027-05-01T00:00:00+08:00", 35), ("2027-06-01T00:00:00+08:00", 50)], await alice.Expiries());
    }

    [Fact, Rule("PTS-01"), Rule("D29")]
    public async Task Points_that_have_ended_cannot_be_spent()
    {
        await using var api = await MiniProgramApi.Start();
        await api.Give(await api.LogIn("alice"), 100);
        var alice = await api.LogInAt("alice", China(2027, 3, 31, 23, 59, 59));
        await api.Give(alice, 5);
        Assert.Equal(105, await alice.SpendablePoints());

        api.Clock.MoveTo(China(2027, 4, 1));
        var tooMuch = await api.Adjust(alice.MemberId, -6);
        var rest = await api.Adjust(alice.MemberId, -5);

        Assert.Equal("points.insufficient", await tooMuch.Code());
        Assert.Equal(HttpStatusCode.Created, rest.StatusCode);
        Assert.Equal(0, await alice.SpendablePoints());
        Assert.Empty(await alice.Expiries());
    }

    [Fact]
    public async Task Points_may_last_for_ever()
    {
        await using var api = await MiniProgramApi.Start(new Dictionary<string, string> { ["Points:LotMonths"] = "0" });
        await api.Give(await api.LogIn("alice"), 100);
        var alice = await api.LogInAt("alice", China(2126, 1, 1));

        Assert.Equal([(null, 100)], await alice.Expiries());
        Assert.Equal(HttpStatusCode.Created, (await api.Adjust(alice.MemberId, -100)).StatusCode);
    }

    [Fact, Rule("D27")]
    public async Task Looking_changes_nothing()
    {
        await using var api = await MiniProgramApi.Start();
        await api.Give(await api.LogIn("alice"), 100);
        var alice = await api.LogInAt("alice", China(2027, 4, 1));
        await api.Give(alice, 5);
        await api.Deliver();
        var before = (StoredRow.All(api), StoredRow.Messages(api));

        for (var look = 0; look < 3; look++)
        {
            await alice.SpendablePoints();
            await alice.Entries(pageSize: 1);
            (await alice.Get("/api/me")).EnsureSuccessStatusCode();
        }

        Assert.Equal(before.Item1, StoredRow.All(api));
        Assert.Equal(before.Item2, StoredRow.Messages(api));
    }

    [Theory, InlineData(1), InlineData(3), InlineData(7), InlineData(100)]
    public async Task The_ledger_pages_newest_first_and_shows_each_line_once(int pageSize)
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        for (var booking = 1; booking <= 7; booking++) await api.Give(alice, booking);

        var entries = await alice.Entries(pageSize);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], entries.Select(entry => entry.Whole("seq")));
        Assert.Equal([28, 21, 15, 10, 6, 3, 1], entries.Select(entry => entry.Whole("afterPoints")));
    }

    private static async Task EarnInto(DirectoryInfo data, int lotMonths, long points)
    {
        var settings = new Dictionary<string, string> { ["Points:LotMonths"] = $"{lotMonths}" };
        await using var api = await MiniProgramApi.Start(settings, dataPath: data.FullName);
        await api.Give(await api.LogIn("alice"), points);
    }
}
