using static Pond.Tests.Points.CheckInSteps;

namespace Pond.Tests.Points;

[Rule("PTS-10")]
public sealed class RewardingStreaks
{
    /// <summary>A Tuesday; the fourth day is the first of May, the seventh a Monday.</summary>
    private static readonly DateOnly First = new(2026, 4, 28);

    [Theory]
    [InlineData("never", new[] { 1, 21, 31, 1, 1, 1, 1, 1, 1 })]
    [InlineData("weekly", new[] { 1, 21, 31, 1, 1, 1, 1, 21, 31 })]
    [InlineData("monthly", new[] { 1, 21, 31, 1, 21, 31, 1, 1, 1 })]
    [InlineData("afterLast", new[] { 1, 21, 31, 1, 21, 31, 1, 21, 31 })]
    public async Task A_streak_is_rewarded_by_its_day_in_the_cycle(string cycle, int[] expected)
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(SomeProgramme(cycle: cycle));

        var rewards = new List<int>();
        for (var day = 0; day < expected.Length; day++)
            rewards.Add((int)(await api.CheckInOn("alice", First.AddDays(day))).Whole("rewardPoints"));

        Assert.Equal(expected, rewards);
    }

    [Fact]
    public async Task Each_reward_has_a_line_of_its_own_in_the_ledger()
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(SomeProgramme());
        await api.CheckInOn("alice", First);

        var second = await api.CheckInOn("alice", First.AddDays(1));

        Assert.Equal(
            [("checkIn", 1), ("checkInStreak", 20)],
            second.GetProperty("rewards").EnumerateArray()
                .Select(reward => (reward.Text("causeKind"), (int)reward.Whole("points"))));
        var entries = await (await api.OnDay("alice", First.AddDays(1))).Entries();
        Assert.Equal(["checkInStreak", "checkIn", "checkIn"], entries.Select(entry => entry.Text("causeKind")));
    }

    [Fact]
    public async Task A_streak_that_begins_anew_earns_its_rewards_anew()
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(SomeProgramme());
        var rewards = new List<long>();
        foreach (var day in new[] { 0, 1, 3, 4 })
            rewards.Add((await api.CheckInOn("alice", First.AddDays(day))).Whole("rewardPoints"));

        Assert.Equal([1, 21, 1, 21], rewards);
    }

    [Fact]
    public async Task Days_in_the_month_and_days_in_all_are_rewarded_once_each()
    {
        await using var api = await MiniProgramApi.Start();
        var programme = SomeProgramme();
        programme["streakRewards"] = Array.Empty<object>();
        programme["countRewards"] = new object[]
        {
            new { period = "month", days = 2, points = 50 }, new { period = "allTime", days = 4, points = 70 },
        };
        await api.SetCheckInProgramme(programme);

        var rewards = new List<long>();
        foreach (var day in new[] { 0, 2, 3, 5, 6 }) // two days of April, then three of May
            rewards.Add((await api.CheckInOn("alice", First.AddDays(day))).Whole("rewardPoints"));

        Assert.Equal([1, 51, 1, 121, 1], rewards);
    }

    [Fact]
    public async Task The_calendar_tells_days_streak_and_what_comes_next()
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(WithCards(cards: 2));
        foreach (var day in new[] { 2, 3, 5, 6 }) await api.CheckInOn("alice", First.AddDays(day));
        var alice = await api.OnDay("alice", First.AddDays(6));
        (await alice.MakeUp("2026-05-02")).EnsureSuccessStatusCode();

        alice = await api.OnDay("alice", First.AddDays(7));
        var page = await (await alice.Get(CheckInsPath)).Json();

        Assert.False(page.GetProperty("isDoneToday").GetBoolean());
        Assert.Equal((5, 5, 1), (page.Whole("streakDays"), page.Whole("totalDays"), page.Whole("rewardPoints")));
        Assert.Equal(["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"], await alice.Days());
        Assert.Equal(["2026-05-02"], await alice.Days("madeUpDays"));
        Assert.Equal(1, page.Whole("cardsLeft"));
        Assert.Empty(await alice.Days("missedDays")); // she joined on the day of her first check-in
    }

    [Fact]
    public async Task The_calendar_tells_when_the_next_streak_reward_comes()
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(SomeProgramme(cycle: "weekly"));
        await api.CheckInOn("alice", First.AddDays(4));

        var page = await (await (await api.OnDay("alice", First.AddDays(4))).Get(CheckInsPath)).Json();
        var next = page.GetProperty("nextStreakReward");

        Assert.Equal(("2026-05-03", 20), (next.Text("day"), next.Whole("points")));
        await api.CheckInOn("alice", First.AddDays(5));
        page = await (await (await api.OnDay("alice", First.AddDays(5))).Get(CheckInsPath)).Json();
        Assert.Equal("2026-05-05", page.GetProperty("nextStreakReward").Text("day")); // Monday begins a new week
    }
}
