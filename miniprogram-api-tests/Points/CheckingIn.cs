using System.Net;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

[Rule("PTS-10")]
public sealed class CheckingIn
{
    private const string Path = "/api/me/check-ins";

    [Fact]
    public async Task A_check_in_brings_its_reward_once_a_day()
    {
        await using var api =
            await MiniProgramApi.Start(new Dictionary<string, string> { ["Points:CheckInPoints"] = "7" });
        var alice = await api.LogIn("alice");

        var first = await alice.Post(Path);
        var second = await alice.Post(Path);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var done = await first.Json();
        Assert.Equal("2026-03-02", done.Text("day"));
        Assert.Equal((1, 1, 7), (done.Whole("streakDays"), done.Whole("totalDays"), done.Whole("rewardPoints")));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("check_in.done_today", await second.Code());
        Assert.Equal(7, await alice.SpendablePoints());
        Assert.Equal("checkIn", Assert.Single(await alice.Entries()).Text("causeKind"));
    }

    [Fact]
    public async Task The_day_changes_at_midnight_in_China()
    {
        await using var api = await MiniProgramApi.Start();

        var alice = await api.LogInAt("alice", China(2026, 3, 31, 23, 59, 59));
        var late = await (await alice.Post(Path)).Json();
        api.Clock.MoveTo(China(2026, 4, 1));
        var early = await (await alice.Post(Path)).Json();
        api.Clock.MoveTo(China(2026, 4, 1, 0, 10));
        var again = await alice.Post(Path);
        alice = await api.LogInAt("alice", China(2026, 4, 1, 23, 59, 59));
        var lastSecond = await alice.Post(Path);

        Assert.Equal(("2026-03-31", "2026-04-01"), (late.Text("day"), early.Text("day")));
        Assert.Equal(2, early.Whole("streakDays"));
        Assert.Equal("check_in.done_today", await again.Code());
        Assert.Equal("check_in.done_today", await lastSecond.Code());
        Assert.Equal(2, (await alice.Entries()).Length);
    }

    [Fact]
    public async Task A_streak_goes_on_day_by_day_and_breaks_with_a_day_left_out()
    {
        await using var api = await MiniProgramApi.Start();
        var streaks = new List<(long Streak, long Total)>();
        foreach (var day in new[] { 27, 28, 29, 31 }) // of May; then June
            streaks.Add(await CheckIn(api, China(2026, 5, day, 9)));
        streaks.Add(await CheckIn(api, China(2026, 6, 1)));

        Assert.Equal([(1, 1), (2, 2), (3, 3), (1, 4), (2, 5)], streaks);
    }

    [Fact, Rule("D18")]
    public async Task Fifty_check_ins_at_once_count_once()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => alice.PostUntilAnswered(Path)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            Assert.Equal("check_in.done_today", await refused.Code());
        Assert.Equal(5, await alice.SpendablePoints());
        Assert.Single(await alice.Entries());
    }

    [Fact, Rule("D18")]
    public async Task Without_a_reward_one_checks_in_all_the_same()
    {
        await using var api =
            await MiniProgramApi.Start(new Dictionary<string, string> { ["Points:CheckInPoints"] = "0" });
        var alice = await api.LogIn("alice");

        var first = await alice.Post(Path);
        var second = await alice.Post(Path);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal((1, 0), ((await first.Json()).Whole("streakDays"), (await first.Json()).Whole("rewardPoints")));
        Assert.Equal("check_in.done_today", await second.Code());
        Assert.Equal(0, await alice.SpendablePoints());
        Assert.Empty(await alice.Entries());
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        var key = Phone.NewKey();

        var first = await alice.Post(Path, key: key);
        var again = await alice.Post(Path, key: key);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_check_in_needs_a_key()
    {
        await using var api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");

        Assert.Equal("idempotency.key_missing", await (await alice.Send(HttpMethod.Post, Path)).Code());
        Assert.Equal("idempotency.key_malformed", await (await alice.Post(Path, key: "short")).Code());
        Assert.Empty(await alice.Entries());
    }

    private static async Task<(long Streak, long Total)> CheckIn(MiniProgramApi api, DateTimeOffset at)
    {
        var done = await (await (await api.LogInAt("alice", at)).Post(Path)).Json();
        return (done.Whole("streakDays"), done.Whole("totalDays"));
    }
}
