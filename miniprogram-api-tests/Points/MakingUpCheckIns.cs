using System.Net;
using Pond.Tests.Members;
using static Pond.Tests.Points.CheckInSteps;

namespace Pond.Tests.Points;

[Rule("PTS-10")]
public sealed class MakingUpCheckIns
{
    private static readonly DateOnly First = new(2026, 5, 4);

    [Fact]
    public async Task A_card_restores_the_streak_and_earns_what_it_newly_reaches()
    {
        await using var api = await Start(cards: 2);
        foreach (var day in new[] { 0, 1, 3 }) await api.CheckInOn("alice", First.AddDays(day));
        var alice = await api.OnDay("alice", First.AddDays(3));
        var before = await alice.SpendablePoints();

        var done = await (await alice.MakeUp("2026-05-06")).Json();

        Assert.Equal((4, 4, 30), (done.Whole("streakDays"), done.Whole("totalDays"), done.Whole("rewardPoints")));
        Assert.Equal(before + 30, await alice.SpendablePoints()); // the third day; the second was paid before
        Assert.Equal("checkInStreak", (await alice.Entries())[0].Text("causeKind"));
        Assert.Equal(5, (await api.CheckInOn("alice", First.AddDays(4))).Whole("streakDays"));
    }

    [Fact]
    public async Task A_card_earns_no_streak_reward_twice()
    {
        await using var api = await Start(cards: 2);
        foreach (var day in new[] { 0, 1, 2, 4 }) await api.CheckInOn("alice", First.AddDays(day));
        var alice = await api.OnDay("alice", First.AddDays(4));

        var done = await (await alice.MakeUp("2026-05-07")).Json();

        Assert.Equal((5, 0), (done.Whole("streakDays"), done.Whole("rewardPoints")));
    }

    [Fact]
    public async Task A_day_is_made_up_for_once_however_often_it_is_asked_at_once()
    {
        await using var api = await Start(cards: 5);
        foreach (var day in new[] { 0, 2 }) await api.CheckInOn("alice", First.AddDays(day));
        var alice = await api.OnDay("alice", First.AddDays(2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => alice.MakeUp("2026-05-05")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            Assert.Equal("check_in.done_that_day", await refused.Code());
        var page = await (await alice.Get(CheckInsPath)).Json();
        Assert.Equal((3, 3, 4), (page.Whole("streakDays"), page.Whole("totalDays"), page.Whole("cardsLeft")));
        Assert.Equal(1 + 1 + 50, await alice.SpendablePoints());
    }

    [Fact]
    public async Task A_hundred_cards_at_once_use_no_more_than_the_month_has()
    {
        await using var api = await Start(cards: 2);
        foreach (var day in new[] { 0, 6 }) await api.CheckInOn("alice", First.AddDays(day));
        var alice = await api.OnDay("alice", First.AddDays(6));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => alice.MakeUp($"{First.AddDays((i % 5) + 1):yyyy-MM-dd}")));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(4, (await alice.Days()).Length);
    }

    [Fact, Rule("D18")]
    public async Task A_hundred_check_ins_at_once_bring_the_rewards_of_the_day_once()
    {
        await using var api = await Start(cards: 0);
        await api.CheckInOn("alice", First);
        var alice = await api.OnDay("alice", First.AddDays(1));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => alice.PostUntilAnswered(CheckInsPath)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1 + 21, await alice.SpendablePoints());
        Assert.Equal(3, (await alice.Entries()).Length);
    }

    [Fact]
    public async Task A_month_has_its_own_cards()
    {
        await using var api = await Start(cards: 1);
        await api.CheckInOn("alice", new DateOnly(2026, 5, 26));
        var alice = await api.OnDay("alice", new DateOnly(2026, 5, 31));
        (await alice.MakeUp("2026-05-30")).EnsureSuccessStatusCode();
        var second = await alice.MakeUp("2026-05-29");
        alice = await api.OnDay("alice", new DateOnly(2026, 6, 1));
        var inJune = await alice.MakeUp("2026-05-29");

        Assert.Equal("check_in.no_cards", await second.Code());
        Assert.Equal(HttpStatusCode.Created, inJune.StatusCode);
    }

    [Fact]
    public async Task A_day_that_is_to_come_too_far_back_or_before_one_joined_cannot_be_made_up_for()
    {
        await using var api = await Start(cards: 5);
        await api.CheckInOn("alice", First);
        var alice = await api.OnDay("alice", First.AddDays(3));
        foreach (var day in new[] { "2026-05-07", "2026-05-08", "2026-05-03", "2099-01-01", "2000-01-01" })
            Assert.Equal("check_in.no_make_up_day", await (await alice.MakeUp(day)).Code());
        alice = await api.OnDay("alice", First.AddDays(20));
        Assert.Equal("check_in.no_make_up_day", await (await alice.MakeUp("2026-05-16")).Code());
        Assert.Equal(HttpStatusCode.Created, (await alice.MakeUp("2026-05-17")).StatusCode);
        Assert.Equal("check_in.done_that_day", await (await alice.MakeUp("2026-05-17")).Code());
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_another_day_under_it_is_refused()
    {
        await using var api = await Start(cards: 5);
        await api.CheckInOn("alice", First);
        var (alice, key) = (await api.OnDay("alice", First.AddDays(3)), Phone.NewKey());

        var first = await alice.Post(MakeUpsPath, new { day = "2026-05-06" }, key);
        var again = await alice.Post(MakeUpsPath, new { day = "2026-05-06" }, key);
        var other = await alice.Post(MakeUpsPath, new { day = "2026-05-05" }, key);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("idempotency.key_reused", await other.Code());
    }

    [Fact]
    public async Task A_frozen_member_makes_up_for_nothing()
    {
        await using var api = await Start(cards: 5);
        await api.CheckInOn("alice", First);
        var alice = await api.OnDay("alice", First.AddDays(3));
        await api.SetStatus(alice.MemberId, "frozen");

        Assert.Equal("member.frozen", await (await alice.MakeUp("2026-05-06")).Code());
    }

    private static async Task<MiniProgramApi> Start(int cards)
    {
        var api = await MiniProgramApi.Start();
        await api.SetCheckInProgramme(cards == 0 ? SomeProgramme() : WithCards(cards));
        return api;
    }
}
