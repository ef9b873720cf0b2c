using System.Net;
using Pond.Referrals;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Shares;

namespace Pond.Tests.Referrals;

/// <summary>Nobody lives on inviting: caps, a budget, and a person who looks.</summary>
[Rule("REF-04")]
public sealed class LimitingReferrers : IAsyncLifetime
{
    private const string ReviewsPath = "/api/operator/referral-reviews";

    private MiniProgramApi api = null!;
    private string code = "";
    private string skuId = "";

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        code = await (await api.LogIn("alice")).InviteCode();
        skuId = await api.Product();
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Theory, InlineData("perDayMax"), InlineData("perMonthMax"), InlineData("perReferrerMax")]
    public async Task Over_the_limit_only_the_friend_gets_something(string limit)
    {
        await api.SetReferrals(body => body[limit] = 1);
        foreach (var friend in new[] { "bob", "carol" }) await api.BringBuyer(friend, code, skuId);
        await api.LetRewardsCome();

        Assert.Equal(200, await api.ReferralPoints("alice"));
        Assert.Equal((100, 100), (await api.ReferralPoints("bob"), await api.ReferralPoints("carol")));
    }

    [Fact]
    public async Task A_new_day_begins_a_new_count()
    {
        await api.SetReferrals(body => body["perDayMax"] = 1);
        await api.BringBuyer("bob", code, skuId);
        api.Clock.Advance(TimeSpan.FromDays(1));
        await api.BringBuyer("carol", code, skuId);
        await api.LetRewardsCome(ReferralSteps.WaitDays - 1);
        await api.LetRewardsCome(1);

        Assert.Equal(400, await api.ReferralPoints("alice"));
    }

    [Fact]
    public async Task Of_two_friends_one_gets_the_last_of_the_budget()
    {
        await api.SetReferrals(body => body["rewardsMax"] = 1);
        foreach (var friend in new[] { "bob", "carol" }) await api.BringBuyer(friend, code, skuId);
        await Task.WhenAll(api.LetRewardsCome(), api.Fire(nameof(RewardReferrals)));
        await api.LetRewardsCome();

        Assert.Equal(200, await api.ReferralPoints("alice"));
        Assert.Equal(["rejected", "rewarded"], (await api.Friends("alice")).Select(friend => friend.State).Order());
        var programme = await (await api.Operator().Get(ReferralSteps.ProgrammePath)).Json();
        Assert.Equal(1, programme.Whole("rewards"));
    }

    [Theory, InlineData(true, 400), InlineData(false, 200)]
    public async Task Of_too_many_in_an_hour_a_person_looks_first(bool isApproved, long points)
    {
        await api.SetReferrals(body => body["friendsPerHourMax"] = 1);
        foreach (var friend in new[] { "bob", "carol" }) await api.BringBuyer(friend, code, skuId);
        await api.LetRewardsCome();
        Assert.Equal(200, await api.ReferralPoints("alice"));

        var waiting = Assert.Single(await api.Operator().AllPages(ReviewsPath, 100));
        Assert.Equal("too_fast", waiting.Text("whyNot"));
        var (path, key) = ($"{ReviewsPath}/{waiting.Text("referralId")}/decision", Phone.NewKey());
        for (var time = 0; time < 2; time++)
        {
            var decided = await api.Operator().Post(path, new { isApproved, reason = "已核实" }, key);
            Assert.Equal(isApproved ? "qualified" : "rejected", (await decided.Json()).Text("state"));
        }

        var again = await api.Operator().Post(path, new { isApproved, reason = "再看一次" });
        Assert.Equal((HttpStatusCode.Conflict, "referral.not_waiting"), (again.StatusCode, await again.Code()));
        await api.LetRewardsCome(days: 0);
        Assert.Equal(points, await api.ReferralPoints("alice"));
        Assert.Empty(await api.Operator().AllPages(ReviewsPath, 100));
    }

    [Theory, InlineData("banned", "rejected"), InlineData("frozen", "reviewing")]
    public async Task Who_is_out_of_favour_by_then_gets_nothing(string status, string state)
    {
        await api.SetReferrals();
        await api.BringBuyer("bob", code, skuId);
        var alice = await api.LogIn("alice");
        (await api.Operator().Put($"/api/operator/members/{alice.MemberId}/status", new { status, reason = "刷单" }))
            .EnsureSuccessStatusCode();
        await api.LetRewardsCome();
        (await api.Operator().Put($"/api/operator/members/{alice.MemberId}/status", new { status = "active", reason = "误判" }))
            .EnsureSuccessStatusCode();

        Assert.Equal(state, Assert.Single(await api.Friends("alice")).State);
        Assert.Equal(0, await api.ReferralPoints("alice"));
    }

    [Fact]
    public async Task Who_is_a_member_for_too_short_a_time_brings_nobody()
    {
        await api.SetReferrals(body => body["referrerDaysMin"] = 1);
        await api.BringBuyer("bob", code, skuId);
        await api.LetRewardsCome();

        Assert.Equal("rejected", Assert.Single(await api.Friends("alice")).State);
    }

    [Fact]
    public async Task A_programme_is_replaced_by_who_has_seen_the_newest()
    {
        var owner = api.Operator();
        await api.SetReferrals();

        var again = await owner.Put(ReferralSteps.ProgrammePath, ReferralSteps.Programme());
        Assert.Equal(1, (await again.Json()).Whole("version"));
        var stale = await owner.Put(
            ReferralSteps.ProgrammePath, ReferralSteps.Programme().With("waitDays", 3));
        Assert.Equal("referral.programme_stale", await stale.Code());
        var bad = await owner.Put(ReferralSteps.ProgrammePath, ReferralSteps.Programme().With("waitDays", 61));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(
            "referral.missing",
            await (await owner.Post($"{ReviewsPath}/nobody/decision", new { isApproved = true, reason = "没有" })).Code());
    }
}
