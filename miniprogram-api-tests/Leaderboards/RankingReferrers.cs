using System.Net;
using System.Text.Json;
using Pond.Leaderboards;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Referrals;
using Pond.Tests.Shares;

namespace Pond.Tests.Leaderboards;

/// <summary>Who brings the most friends is first, and the first get what was promised, once.</summary>
public sealed class RankingReferrers : IAsyncLifetime
{
    private MiniProgramApi api = null!;
    private string boardId = "";
    private string skuId = "";

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        await api.SetReferrals();
        (boardId, skuId) = (await api.Leaderboard(), await api.Product());
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact, Rule("LDB-02"), Rule("LDB-03")]
    public async Task A_friend_counts_once_the_reward_has_come_and_not_any_more_once_the_money_is_back()
    {
        await Bring("alice", "carol", "dan");
        var back = await Bring("bob", "erin");
        Assert.Empty(await (await api.LogIn("alice")).Standing(boardId));

        await api.LetRewardsCome();
        Assert.Equal([(1, 2), (2, 1)], await (await api.LogIn("carol")).Standing(boardId));
        Assert.Equal((2, 1), Counts(await (await api.LogIn("bob")).Own(boardId)));
        Assert.Equal(JsonValueKind.Null, (await (await api.LogIn("carol")).Own(boardId)).ValueKind);

        await (await api.LogIn("erin")).Refunded(back);
        await api.Deliver();
        Assert.Equal([(1, 2)], await (await api.LogIn("carol")).Standing(boardId));
    }

    [Fact, Rule("LDB-02")]
    public async Task Of_two_with_as_many_friends_the_earlier_is_first()
    {
        await Bring("bob", "erin");
        api.Clock.Advance(TimeSpan.FromDays(1));
        await Bring("alice", "carol");
        await api.LetRewardsCome(ReferralSteps.WaitDays - 1);
        await api.LetRewardsCome(1);

        Assert.Equal((1, 1), Counts(await (await api.LogIn("bob")).Own(boardId)));
        Assert.Equal((2, 1), Counts(await (await api.LogIn("alice")).Own(boardId)));
    }

    [Fact, Rule("LDB-04"), Rule("LDB-06")]
    public async Task The_first_get_their_prizes_once_and_keep_them()
    {
        await Bring("alice", "carol", "dan");
        var back = await Bring("bob", "erin");
        await api.LetRewardsCome();
        Assert.Equal("leaderboard.not_over", await (await api.Settle(boardId)).Code());

        api.Clock.Advance(TimeSpan.FromDays(30));
        var key = Phone.NewKey();
        for (var time = 0; time < 2; time++)
        {
            var winners = (await (await api.Settle(boardId, key)).Json()).GetProperty("winners").EnumerateArray();
            Assert.Equal([(1, 2), (2, 1)], winners.Select(one => (one.Whole("place"), one.Whole("friends"))));
            await api.Deliver();
        }

        Assert.Equal("leaderboard.settled", await (await api.Settle(boardId)).Code());
        await (await api.LogIn("erin")).Refunded(back);
        await api.Deliver();
        Assert.Equal((2 * 200) + LeaderboardSteps.PrizePoints, await api.ReferralPoints("alice"));
        Assert.Equal(50, await api.ReferralPoints("bob"));
        Assert.Equal([(1, 2), (2, 1)], await (await api.LogIn("carol")).Standing(boardId));
        var title = Assert.Single(await (await api.LogIn("alice")).AllPages("/api/me/honours", 100));
        Assert.Equal(("茶友之星", false), (title.Text("title"), title.GetProperty("isOver").GetBoolean()));
        api.Clock.Advance(TimeSpan.FromDays(30));
        title = Assert.Single(await (await api.LogIn("alice")).AllPages("/api/me/honours", 100));
        Assert.True(title.GetProperty("isOver").GetBoolean());
    }

    [Fact, Rule("LDB-04")]
    public async Task What_happens_after_the_end_does_not_count()
    {
        var week = await api.Leaderboard(days: ReferralSteps.WaitDays);
        await Bring("alice", "carol");
        await api.LetRewardsCome();

        Assert.Empty(await (await api.LogIn("bob")).Standing(week));
        Assert.Equal([(1, 1)], await (await api.LogIn("bob")).Standing(boardId));
    }

    [Fact, Rule("LDB-04")]
    public async Task Who_has_cheated_or_is_out_of_favour_wins_nothing_and_the_next_move_up()
    {
        await Bring("alice", "carol", "dan", "erin");
        await Bring("bob", "frank", "grace");
        await Bring("heidi", "ivan");
        await api.LetRewardsCome();
        api.Clock.Advance(TimeSpan.FromDays(30));
        var (alice, bob) = (await api.LogIn("alice"), await api.LogIn("bob"));
        var review = await (await api.Operator().Get($"{LeaderboardSteps.Path}/{boardId}")).Json();
        Assert.Equal(alice.MemberId, review.GetProperty("first")[0].Text("sharerId"));
        (await api.Operator().Post(
            $"{LeaderboardSteps.Path}/{boardId}/exclusions", new { sharerId = alice.MemberId, reason = "刷单" }))
            .EnsureSuccessStatusCode();
        await api.SetStatus(bob.MemberId, "frozen");

        var winner = (await (await api.Settle(boardId)).Json()).GetProperty("winners")[0];

        Assert.Equal((await api.LogIn("heidi")).MemberId, winner.Text("memberId"));
        Assert.Equal(JsonValueKind.Null, (await alice.Own(boardId)).ValueKind);
    }

    [Fact, Rule("LDB-05")]
    public async Task Others_see_a_masked_name_or_none()
    {
        await Bring("alice", "carol");
        await api.LetRewardsCome();
        var alice = await api.LogIn("alice");
        (await alice.Put("/api/me", new { nickname = "爱丽丝" })).EnsureSuccessStatusCode();
        Assert.Equal("爱*", await Name());

        (await alice.Put($"/api/leaderboards/{boardId}/visibility", new { isHidden = true })).EnsureSuccessStatusCode();
        Assert.Equal("匿名", await Name());
        var notOnIt = await (await api.LogIn("bob")).Put(
            $"/api/leaderboards/{boardId}/visibility", new { isHidden = true });
        Assert.Equal((HttpStatusCode.Conflict, "leaderboard.not_on_it"), (notOnIt.StatusCode, await notOnIt.Code()));

        async Task<string> Name() => (await (await api.Http.GetAsync($"/api/leaderboards/{boardId}")).Json())
            .GetProperty("first")[0].Text("name");
    }

    [Fact, Rule("LDB-01")]
    public async Task Prizes_go_from_the_first_place_on_without_a_gap()
    {
        await Refused("leaderboard.bad_places", body => body["prizes"] = new[] { new { fromPlace = 2, toPlace = 3 } });
        await Refused("leaderboard.bad_places", body => body["prizes"] =
            new[] { new { fromPlace = 1, toPlace = 1 }, new { fromPlace = 3, toPlace = 3 } });
        await Refused("leaderboard.bad_honour", body => body["prizes"] =
            new[] { new { fromPlace = 1, toPlace = 1, honour = "茶友" } });
        await Refused("leaderboard.bad_window", body => body["endsAt"] = body["startsAt"]);
        for (var open = 1; open < LeaderboardRules.OpenMax; open++) await api.Leaderboard();
        await Refused("leaderboard.too_many", _ => { });
        var listed = (await (await api.Http.GetAsync("/api/leaderboards")).Json()).GetProperty("items");
        Assert.Equal(LeaderboardRules.OpenMax, listed.GetArrayLength());

        async Task Refused(string code, Action<Dictionary<string, object?>> change)
        {
            var body = api.Board();
            change(body);
            Assert.Equal(code, await (await api.Operator().Post(LeaderboardSteps.Path, body)).Code());
        }
    }

    /// <summary>Friends come and buy; the order of the last.</summary>
    private async Task<string> Bring(string referrer, params string[] friends)
    {
        var (code, orderId) = (await (await api.LogIn(referrer)).InviteCode(), "");
        foreach (var friend in friends) orderId = await api.BringBuyer(friend, code, skuId);
        return orderId;
    }

    private static (long Place, long Friends) Counts(JsonElement own) => (own.Whole("place"), own.Whole("friends"));
}
