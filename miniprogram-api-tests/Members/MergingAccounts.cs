using System.Net;
using Pond.Members;
using Pond.Platform;
using Pond.Tests.Coupons;
using Pond.Tests.Points;

namespace Pond.Tests.Members;

/// <summary>Two accounts of one person become one, because the person asks for it.</summary>
[Rule("AUTH-10")]
public sealed class MergingAccounts(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task The_younger_account_becomes_part_of_the_older_and_logs_in_as_that()
    {
        var (older, younger) = await api.LogInTwice("merge-a1", "merge-a2", "13800090001");

        var answer = await younger.Merge("merge-a2");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var merged = await answer.Json();
        Assert.Equal((older.MemberId, true), (merged.Text("memberId"), merged.GetProperty("signInAgain").GetBoolean()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await younger.Get("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Refresh(younger.RefreshToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await older.Get("/api/me")).StatusCode);
        foreach (var shopper in new[] { "merge-a1", "merge-a2" })
            Assert.Equal(older.MemberId, (await api.LogIn(shopper)).MemberId);
        await api.Deliver();
        foreach (var shopper in new[] { "merge-a1", "merge-a2" })
            Assert.Equal(older.MemberId, (await api.LogIn(shopper)).MemberId);
    }

    [Fact]
    public async Task The_older_account_may_ask_as_well_and_stays_signed_in()
    {
        var older = await api.LogIn("merge-b1");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var younger = await api.LogIn("merge-b2");
        await younger.BindPhone("merge-b2", "13800090002");
        await younger.Put("/api/me", new { nickname = "小号", birthday = "1990-01-02" });
        api.Sandbox.Shoppers.GivePhone("merge-b1", "13800090002");
        var key = Phone.NewKey();

        var (first, again) = (await older.Merge("merge-b1", key), await older.Merge("merge-b1", key));
        await api.Deliver();

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.False((await first.Json()).GetProperty("signInAgain").GetBoolean());
        var profile = await (await older.Get("/api/me")).Json();
        Assert.Equal(
            (older.MemberId, "138****0002", "小号", "1990-01-02"),
            (profile.Text("memberId"), profile.Text("phone"), profile.Text("nickname"), profile.Text("birthday")));
    }

    [Fact]
    public async Task Points_and_coupons_of_both_are_the_survivor_s()
    {
        var (older, younger) = await api.LogInTwice("merge-c1", "merge-c2", "13800090003");
        await api.Give(older, 100);
        await api.Give(younger, 50);
        var (one, two) = (await api.PublishTemplate(), await api.PublishTemplate());
        foreach (var (phone, template) in new[] { (older, one), (younger, one), (younger, two) })
            (await phone.Post(CouponSteps.ClaimsOf(template))).EnsureSuccessStatusCode();
        await api.Deliver();
        var coupons = await CouponsOf(older, younger);
        var ends = await older.Expiries();

        (await younger.Merge("merge-c2")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(150, await older.SpendablePoints());
        Assert.Equal(ends.Select(end => end.ExpiresAt), (await older.Expiries()).Select(end => end.ExpiresAt));
        Assert.Equal(coupons, await CouponsOf(older));
        Assert.Equal(("merge", 50), ((await older.Entries())[0].Text("causeKind"), (await older.Entries())[0].Whole("points")));
    }

    [Fact]
    public async Task What_was_on_its_way_to_the_younger_comes_to_the_survivor_once()
    {
        await using var own = await MiniProgramApi.Start();
        var (older, younger) = await own.LogInTwice("older", "younger", "13800090004");
        var templateId = await own.PublishTemplate(perMember: 2);
        await own.Deliver();
        (await younger.Post(CouponSteps.ClaimsOf(templateId))).EnsureSuccessStatusCode();
        var late = Redelivery.Waiting(own);
        (await younger.Merge("younger")).EnsureSuccessStatusCode();

        var first = await own.DeliverThrice(seed: 7);
        var before = StoredRow.AllButHints(own);
        await own.DeliverAsIfNeverRemoved([.. first.Concat(late).DistinctBy(row => row.Key)], seed: 8);

        Assert.Single(await CouponsOf(older));
        Assert.Equal(before, StoredRow.AllButHints(own));
        Assert.Empty(Redelivery.Waiting(own));
    }

    [Fact]
    public async Task A_debt_comes_along_and_is_settled_by_what_the_other_had()
    {
        var (older, younger) = await api.LogInTwice("merge-d1", "merge-d2", "13800090005");
        await api.Give(older, 100);
        await api.Earn(younger, 1, 70);
        await api.Spend(younger, 2, 60);
        await api.Reverse(younger, 1, BookSteps.AllOfIt);
        Assert.Equal((0, 0, 60), await younger.Sums());

        (await younger.Merge("merge-d2")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal((40, 0, 0), await older.Sums());
    }

    [Fact]
    public async Task A_late_refund_or_reversal_of_the_younger_s_reaches_the_survivor()
    {
        var (older, younger) = await api.LogInTwice("merge-e1", "merge-e2", "13800090006");
        await api.Earn(younger, 1, 100);
        await api.Spend(younger, 2, 60);
        (await younger.Merge("merge-e2")).EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.Equal((40, 0, 0), await older.Sums());

        await api.Refund(younger, 2, BookSteps.HalfOfIt);
        await api.Refund(younger, 2, BookSteps.HalfOfIt);
        await api.Deliver();
        Assert.Equal((70, 0, 0), await older.Sums());

        await api.Reverse(younger, 1, BookSteps.AllOfIt);
        await api.Deliver();
        Assert.Equal((0, 0, 30), await older.Sums());
    }

    [Fact]
    public async Task Of_three_accounts_the_oldest_lives_on_with_everything()
    {
        var (oldest, middle) = await api.LogInTwice("merge-f1", "merge-f2", "13800090007");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var youngest = await api.LogIn("merge-f3");
        await middle.BindPhone("merge-f2", "13800090008");
        api.Sandbox.Shoppers.GivePhone("merge-f3", "13800090008");
        await api.Give(youngest, 7);
        await api.Give(middle, 20);

        (await youngest.Merge("merge-f3")).EnsureSuccessStatusCode();
        api.Sandbox.Shoppers.GivePhone("merge-f2", "13800090007");
        Assert.Equal("merge.under_way", await (await middle.Merge("merge-f2")).Code());
        await api.Deliver();
        (await middle.Merge("merge-f2")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(27, await oldest.SpendablePoints());
        foreach (var shopper in new[] { "merge-f1", "merge-f2", "merge-f3" })
            Assert.Equal(oldest.MemberId, (await api.LogIn(shopper)).MemberId);
    }

    [Fact]
    public async Task The_survivor_agrees_to_what_both_agreed_to_and_keeps_how_it_came()
    {
        var older = await LogInBy("merge-g1", "1007", "INVITE-OLD");
        await older.BindPhone("merge-g1", "13800090009");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        api.Sandbox.Shoppers.GivePhone("merge-g2", "13800090009");
        var younger = await LogInBy("merge-g2", "1154", "INVITE-YOUNG");
        await older.Put("/api/me/consents", new { policyVersion = "v1", marketing = true, personalization = true });
        await younger.Put("/api/me/consents", new { policyVersion = "v2", marketing = true, personalization = false });

        (await younger.Merge("merge-g2")).EnsureSuccessStatusCode();
        await api.Deliver();

        var consents = (await (await older.Get("/api/me")).Json()).GetProperty("consents");
        Assert.Equal(
            (true, false),
            (consents.GetProperty("marketing").GetBoolean(), consents.GetProperty("personalization").GetBoolean()));
        var head = StoredRow.All(api).Single(row => row.Partition == "m:" + older.MemberId && row.Key == "member");
        Assert.Contains("INVITE-OLD", head.Data);
        Assert.DoesNotContain("INVITE-YOUNG", head.Data);
    }

    [Fact]
    [Rule("AUTH-02")]
    public async Task A_number_of_the_younger_is_no_stranger_s_however_long_ago_the_merge_was()
    {
        var (_, younger) = await api.LogInTwice("merge-n1", "merge-n2", "13800090021");
        (await younger.BindPhone("merge-n2", "13800090022")).EnsureSuccessStatusCode();
        api.Sandbox.Shoppers.GivePhone("merge-n2", "13800090021");
        (await younger.Merge("merge-n2")).EnsureSuccessStatusCode();
        await api.Deliver();
        api.Clock.Advance(PhoneBinding.ClaimPatience + TimeSpan.FromMinutes(1));

        var stranger = await api.LogIn("merge-n3");
        Assert.Equal("phone.taken", await (await stranger.BindPhone("merge-n3", "13800090022")).Code());
    }

    [Fact]
    public async Task A_day_that_either_has_checked_in_on_is_done()
    {
        var (older, younger) = await api.LogInTwice("merge-h1", "merge-h2", "13800090010");
        (await younger.Post("/api/me/check-ins")).EnsureSuccessStatusCode();
        (await younger.Merge("merge-h2")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("check_in.done_today", await (await older.Post("/api/me/check-ins")).Code());
    }

    [Fact]
    public async Task A_merged_account_is_final_and_service_sees_who_lives_on()
    {
        var (older, younger) = await api.LogInTwice("merge-i1", "merge-i2", "13800090011");
        (await younger.Merge("merge-i2")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("member.status_edge", await (await api.SetStatus(younger.MemberId, "active")).Code());
        Assert.Equal("member.status_edge", await (await api.SetStatus(older.MemberId, "merged")).Code());
        Assert.Equal("member.merged", await (await api.Adjust(younger.MemberId, 5)).Code());
        var seen = await (await api.Operator().Get($"/api/operator/members/{younger.MemberId}")).Json();
        Assert.Equal(("merged", older.MemberId), (seen.Text("status"), seen.Text("mergedInto")));
        Assert.Equal(
            "member.merged",
            await (await api.Operator().Put(
                $"/api/operator/members/{younger.MemberId}/coupons/{new Ids().Next()}/state",
                new { state = "frozen", reason = "异常" })).Code());
    }

    private async Task<Phone> LogInBy(string shopper, string scene, string inviteCode)
    {
        var answer = await api.LogInWith(api.Sandbox.Codes.Issue(shopper), scene, inviteCode);
        var session = await answer.Json();
        return new Phone(api, session.Text("memberId"), session.Text("accessToken"), session.Text("refreshToken"));
    }

    private static async Task<string[]> CouponsOf(params Phone[] phones)
    {
        var wallets = await Task.WhenAll(phones.Select(phone => phone.AllPages("/api/me/coupons", 100)));
        return [.. wallets.SelectMany(wallet => wallet).Select(coupon => coupon.Text("couponId")).Order()];
    }
}
