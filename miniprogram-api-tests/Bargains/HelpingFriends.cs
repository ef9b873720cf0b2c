using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Bargains;
using Pond.Platform;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;

namespace Pond.Tests.Bargains;

/// <summary>Friends who help, over HTTP.</summary>
[Rule("BRG-03")]
public sealed class HelpingFriends(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("BRG-01"), Rule("BRG-06")]
    public async Task Friends_bring_the_price_down_to_the_floor_by_the_plan_that_was_drawn_at_the_start()
    {
        var owner = await shared.Newcomer();
        var attemptId = await owner.Attempt(await Published(cuts: 4));
        var drawn = await api.StoredAttempt(attemptId);

        var prices = new List<long> { (await owner.Look(attemptId)).Whole("priceFen") };
        for (var i = 0; i < 4; i++)
        {
            var cut = await (await (await shared.Newcomer()).Help(attemptId)).Json();
            Assert.Equal((i + 1, drawn.Plan[i]), (cut.Whole("number"), cut.Whole("cutFen")));
            prices.Add(cut.Whole("priceFen"));
        }

        Assert.Equal((4_000, 1_000), (prices[0], prices[^1]));
        Assert.Equal(drawn.Plan, CutPlanRules.Draw(3_000, drawn.SharesBp));
        Assert.All(drawn.SharesBp, share => Assert.InRange(share, 2_000, 5_000));
        var look = await owner.Look(attemptId);
        Assert.Equal(("floorReached", 0), (look.Text("state"), look.Whole("cutsLeft")));
        Assert.Equal(
            drawn.Plan, look.GetProperty("helps").EnumerateArray().Select(help => help.Whole("cutFen")));
        Assert.Equal("bargain.floor_reached", await (await (await shared.Newcomer()).Help(attemptId)).Code());
    }

    [Fact, Rule("D20")]
    public async Task The_same_friend_helps_once_however_often_they_tap()
    {
        var (attemptId, friend, key) = (await Begun(), await shared.Newcomer(), Phone.NewKey());

        var first = await (await friend.Help(attemptId, key)).Json();
        var again = await (await friend.Help(attemptId, key)).Json();
        var twice = await friend.Help(attemptId);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal((HttpStatusCode.Conflict, "bargain.helped"), (twice.StatusCode, await twice.Code()));
        Assert.Equal(1, (await friend.Look(attemptId)).Whole("cutsMade"));
        Assert.Equal("bargain.helped", (await friend.Look(attemptId)).Text("whyNoHelp"));
    }

    [Fact, Rule("D20")]
    public async Task Friends_who_help_at_once_are_all_counted_each_once()
    {
        var attemptId = await Begun(cuts: 8);
        var friends = new List<Phone>();
        for (var i = 0; i < 8; i++) friends.Add(await shared.Newcomer());

        var answers = await Task.WhenAll(friends.Concat(friends).Select(friend => friend.Help(attemptId)));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        var told = new List<long>();
        foreach (var answer in answers.Where(one => one.StatusCode is HttpStatusCode.Created))
            told.Add((await answer.Json()).Whole("number"));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], told.Distinct().Order());
        var look = await friends[0].Look(attemptId);
        Assert.Equal((8, 1_000), (look.Whole("cutsMade"), look.Whole("priceFen")));
    }

    [Fact]
    public async Task Nobody_helps_themselves_unless_the_terms_allow_one_cut()
    {
        var owner = await shared.Newcomer();
        var strict = await owner.Attempt(await Published());
        var lax = await owner.Attempt(await Published(change: body => body.With("isOwnerCutAllowed", true)));

        Assert.Equal("bargain.own", await (await owner.Help(strict)).Code());
        Assert.Equal(HttpStatusCode.Created, (await owner.Help(lax)).StatusCode);
        Assert.Equal("bargain.helped", await (await owner.Help(lax)).Code());
    }

    [Fact]
    public async Task A_member_helps_no_more_often_on_a_day_than_the_terms_say_also_at_once()
    {
        var activityId = await Published(change: body => body.With("helpsPerDay", 2));
        var attempts = new List<string>();
        for (var i = 0; i < 4; i++) attempts.Add(await (await shared.Newcomer()).Attempt(activityId));
        var friend = await shared.Newcomer();

        var answers = await Task.WhenAll(attempts.Select(attempt => friend.Help(attempt)));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode is HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
            Assert.Equal("bargain.daily_limit", await refused.Code());
    }

    [Fact]
    public async Task The_next_day_a_member_helps_again()
    {
        var activityId = await Published(change: body => body.With("helpsPerDay", 1));
        var (friend, yesterday) = (await api.LogIn("early-bird"), await Begun(activityId));
        (await friend.Help(yesterday)).EnsureSuccessStatusCode();

        api.Clock.Advance(TimeSpan.FromHours(20));
        friend = await api.LogIn("early-bird");

        Assert.Equal(HttpStatusCode.Created, (await friend.Help(await Begun(activityId))).StatusCode);
    }

    [Fact]
    public async Task A_help_that_somebody_was_faster_to_give_uses_up_no_right_of_the_day()
    {
        var activityId = await Published(cuts: 1, change: body => body.With("helpsPerDay", 1));
        var (attemptId, friend) = (await Begun(activityId), await shared.Newcomer());
        // Their right is held, and before the cut is made somebody else makes the last one.
        var held = await Hold(friend, attemptId);
        (await (await shared.Newcomer()).Help(attemptId)).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("bargain.floor_reached", await (await friend.Help(attemptId)).Code());
        Assert.Equal(HttpStatusCode.Created, (await friend.Help(await Begun(activityId))).StatusCode);
        Assert.NotEmpty(held);
    }

    [Fact]
    public async Task A_right_that_was_held_by_a_process_that_died_becomes_a_cut_by_itself_and_counts_once()
    {
        var activityId = await Published(change: body => body.With("helpsPerDay", 1));
        var (attemptId, friend) = (await Begun(activityId), await shared.Newcomer());
        await Hold(friend, attemptId);

        Assert.Equal("bargain.daily_limit", await (await friend.Help(await Begun(activityId))).Code());
        await api.DeliverThrice(seed: 1);

        Assert.Equal(1, (await friend.Look(attemptId)).Whole("cutsMade"));
        Assert.Equal("bargain.helped", await (await friend.Help(attemptId)).Code());
    }

    [Fact]
    public async Task Where_only_new_members_help_others_are_told_so()
    {
        var activityId = await Published(change: body => body.With("newHelpersOnly", true));
        var old = await api.LogIn("old-hand");
        api.Clock.Advance(TimeSpan.FromDays(31));
        old = await api.LogIn("old-hand");
        activityId = await Published(change: body => body.With("newHelpersOnly", true));
        var attemptId = await Begun(activityId);

        Assert.Equal("bargain.new_helpers_only", await (await old.Help(attemptId)).Code());
        Assert.False((await old.Look(attemptId)).GetProperty("canHelp").GetBoolean());
        Assert.Equal(HttpStatusCode.Created, (await (await shared.Newcomer()).Help(attemptId)).StatusCode);
    }

    [Fact]
    public async Task A_new_member_makes_the_largest_cut_that_is_left_and_the_floor_stays_where_it_is()
    {
        var attemptId = await Begun(await Published(
            cuts: 5, change: body => body.With("hasNewcomerStep", true).With("shareMinBp", 100).With("shareMaxBp", 100)));
        var drawn = (await api.StoredAttempt(attemptId)).Plan;

        var cuts = new List<long>();
        for (var i = 0; i < 5; i++)
            cuts.Add((await (await (await shared.Newcomer()).Help(attemptId)).Json()).Whole("cutFen"));

        Assert.Equal(drawn.OrderDescending(), cuts);
        Assert.Equal(3_000, cuts.Sum());
    }

    [Fact]
    public async Task Two_accounts_of_one_person_help_once()
    {
        var attemptId = await Begun();
        var (older, younger) = await api.LogInTwice("helper-a", "helper-b", "13912340001");
        (await younger.Help(attemptId)).EnsureSuccessStatusCode();
        (await younger.Merge("helper-b")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("bargain.helped", await (await older.Help(attemptId)).Code());
    }

    [Fact]
    public async Task A_frozen_member_does_not_help_and_what_is_no_attempt_is_not_found()
    {
        var (attemptId, friend) = (await Begun(), await shared.Newcomer());
        Assert.Equal("bargain.attempt_missing", await (await friend.Help(new Ids().Next())).Code());
        Assert.Equal("bargain.attempt_missing", await (await friend.Get("/api/attempts/nothing")).Code());

        (await api.SetStatus(friend.MemberId, "frozen")).EnsureSuccessStatusCode();
        Assert.Equal("member.frozen", await (await friend.Help(attemptId)).Code());
    }

    [Fact]
    public async Task Friends_see_whose_it_is_by_a_mask_and_not_who_else_helped()
    {
        var owner = await shared.Newcomer();
        (await owner.Send(HttpMethod.Put, "/api/me", new { nickname = "王小明" })).EnsureSuccessStatusCode();
        var attemptId = await owner.Attempt(await Published());
        var (first, second) = (await shared.Newcomer(), await shared.Newcomer());
        (await first.Help(attemptId)).EnsureSuccessStatusCode();

        var (seen, own) = (await second.Look(attemptId), await owner.Look(attemptId));

        Assert.Equal(("王*", false), (seen.Text("ownerName"), seen.GetProperty("isMine").GetBoolean()));
        Assert.True(own.GetProperty("isMine").GetBoolean());
        Assert.DoesNotContain(first.MemberId, seen.GetRawText());
        Assert.DoesNotContain(owner.MemberId, seen.GetRawText());
        Assert.True(seen.GetProperty("canHelp").GetBoolean());
    }

    private async Task<string> Published(
        int cuts = 3, Func<Dictionary<string, object?>, Dictionary<string, object?>>? change = null)
    {
        var body = api.Bargain(await api.Product(), cuts);
        return await api.PublishBargain(change?.Invoke(body) ?? body);
    }

    private async Task<string> Begun(string? activityId = null, int cuts = 3) =>
        await (await shared.Newcomer()).Attempt(activityId ?? await Published(cuts));

    /// <summary>What a process has done that dies before it makes the cut.</summary>
    private async Task<string> Hold(Phone friend, string attemptId)
    {
        var wish = new HelpHeldV1(attemptId, friend.MemberId, new Ids().Next(), IsNew: true, [friend.MemberId]);
        await api.Services.GetRequiredService<Transactor>().Run(
            HelperRows.Day(friend.MemberId),
            new Operation(nameof(HelpAttempt), $"{friend.MemberId}|{wish.HoldId}", Fingerprint: null),
            (day, now) => HelperRules.Hold(day, wish, helpsPerDay: 1, whyNot: null, now),
            CancellationToken.None);
        return wish.HoldId;
    }
}
