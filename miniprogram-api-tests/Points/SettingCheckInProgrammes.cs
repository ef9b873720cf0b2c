using System.Net;
using Pond.Points;
using Pond.Tests.Operators;
using static Pond.Tests.Points.CheckInSteps;

namespace Pond.Tests.Points;

[Rule("PTS-10")]
public sealed class SettingCheckInProgrammes
{
    [Fact]
    public async Task While_nothing_is_set_the_setting_holds()
    {
        await using var api =
            await MiniProgramApi.Start(new Dictionary<string, string> { ["Points:CheckInPoints"] = "7" });

        var programme = await (await api.Operator().Get(ProgrammePath)).Json();

        Assert.Equal((0, 7, "never"), (programme.Whole("version"), programme.Whole("dailyPoints"), programme.Text("cycle")));
        Assert.Equal(7, (await api.CheckInOn("alice", new DateOnly(2026, 3, 3))).Whole("rewardPoints"));
    }

    [Fact]
    public async Task A_programme_holds_from_the_next_check_in_on_and_stands_in_the_audit()
    {
        await using var api = await MiniProgramApi.Start();
        Assert.Equal(5, (await api.CheckInOn("alice", new DateOnly(2026, 3, 3))).Whole("rewardPoints"));

        await api.SetCheckInProgramme(SomeProgramme());
        await api.Deliver();

        Assert.Equal(1, (await api.CheckInOn("bob", new DateOnly(2026, 3, 3))).Whole("rewardPoints"));
        var line = (await api.Audit()).Single(line => line.Text("action") == "check_in.programme");
        Assert.Equal("春茶节", line.Text("reason"));
        Assert.Contains("\"dailyPoints\":1", line.Text("after"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_not_seen_the_newest_version_replaces_nothing()
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(SomeProgramme());

        var stale = await api.Operator().Put(ProgrammePath, SomeProgramme(cycle: "weekly"));
        var again = await api.Operator().Put(ProgrammePath, SomeProgramme());
        var next = await api.Operator().Put(ProgrammePath, SomeProgramme(version: 1, cycle: "weekly"));

        Assert.Equal("check_in.programme_stale", await stale.Code());
        Assert.Equal((HttpStatusCode.OK, 1), (again.StatusCode, (await again.Json()).Whole("version")));
        Assert.Equal((HttpStatusCode.OK, 2), (next.StatusCode, (await next.Json()).Whole("version")));
        Assert.Equal("weekly", (await (await api.Operator().Get(ProgrammePath)).Json()).Text("cycle"));
    }

    [Fact]
    public async Task Of_twenty_changes_at_once_one_wins()
    {
        await using var api = await MiniProgramApi.Start();
        var console = api.Operator();

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(points =>
        {
            var programme = SomeProgramme();
            programme["dailyPoints"] = points;
            return console.Put(ProgrammePath, programme);
        }));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(1, (await (await console.Get(ProgrammePath)).Json()).Whole("version"));
    }

    [Fact]
    public async Task A_programme_that_makes_no_sense_is_refused_and_changes_nothing()
    {
        await using var api = await MiniProgramApi.Start();
        object[] twice = [new { days = 2, points = 1 }, new { days = 2, points = 2 }];
        object[] eighth = [new { days = 8, points = 1 }];
        object[] inMonth = [new { period = "month", days = 32, points = 1 }];
        object[] nothing = [new { days = 2, points = 0 }];
        (Dictionary<string, object?> Change, string Code)[] cases =
        [
            (new() { ["streakRewards"] = twice }, "check_in.reward_twice"),
            (new() { ["cycle"] = "weekly", ["streakRewards"] = eighth }, "check_in.reward_beyond"),
            (new() { ["countRewards"] = inMonth }, "check_in.reward_beyond"),
            (new() { ["cycle"] = "afterLast", ["streakRewards"] = Array.Empty<object>() }, "check_in.cycle_empty"),
            (new() { ["makeUpCards"] = 1 }, "check_in.cards_useless"),
            (new() { ["streakRewards"] = nothing }, "request.invalid"),
            (new() { ["dailyPoints"] = -1 }, "request.invalid"),
        ];
        foreach (var (change, code) in cases)
        {
            var programme = SomeProgramme();
            foreach (var (field, value) in change) programme[field] = value;
            var answer = await api.Operator().Put(ProgrammePath, programme);
            Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, await answer.Code()));
        }

        Assert.Equal(0, (await (await api.Operator().Get(ProgrammePath)).Json()).Whole("version"));
    }
}
