using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Platform;
using Pond.Tests.Coupons;
using Pond.Tests.Points;

namespace Pond.Tests.Members;

/// <summary>When two accounts stay two; and that nothing of the attempt is left.</summary>
[Rule("AUTH-10")]
public sealed class DecliningMerges(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Theory]
    [InlineData("frozen", "1380009100")]
    [InlineData("banned", "1380009110")]
    public async Task An_account_that_is_not_active_is_not_merged(string status, string digits)
    {
        foreach (var isOlder in new[] { true, false })
        {
            var (one, two) = ($"{status}-{isOlder}-1", $"{status}-{isOlder}-2");
            var number = digits + (isOlder ? "8" : "9");
            var (older, younger) = await api.LogInTwice(one, two, number);
            await api.SetStatus((isOlder ? older : younger).MemberId, status);
            var code = await (await younger.Merge(two)).Code();
            Assert.Equal(isOlder ? "merge.not_active" : $"member.{status}", code);
        }
    }

    [Fact]
    public async Task The_other_account_declines_when_it_was_frozen_and_the_caller_stays_free_to_leave()
    {
        var older = await api.LogIn("decline-a1");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var younger = await api.LogIn("decline-a2");
        await younger.BindPhone("decline-a2", "13800091011");
        api.Sandbox.Shoppers.GivePhone("decline-a1", "13800091011");
        await api.SetStatus(younger.MemberId, "frozen");

        Assert.Equal("merge.not_active", await (await older.Merge("decline-a1")).Code());
        await api.Deliver();

        Assert.Equal(HttpStatusCode.NoContent, (await older.Delete("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Who_has_left_is_nobody_s_number_s_owner()
    {
        var (older, younger) = await api.LogInTwice("decline-b1", "decline-b2", "13800091012");
        await older.Delete("/api/me");

        Assert.NotNull(await (await younger.Merge("decline-b2")).Code());
        await api.Deliver();
        Assert.Equal("merge.nobody", await (await younger.Merge("decline-b2")).Code());
        Assert.Equal(HttpStatusCode.OK, (await younger.BindPhone("decline-b2")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await younger.Merge("decline-b2")).StatusCode); // already one
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Points_that_an_order_holds_are_in_the_way_until_it_ends(bool isOlder)
    {
        var (one, two) = ($"decline-c1-{isOlder}", $"decline-c2-{isOlder}");
        var (older, younger) = await api.LogInTwice(one, two, isOlder ? "13800091013" : "13800091014");
        var holder = isOlder ? older : younger;
        await api.Give(holder, 50);
        await api.Hold(holder, 1, 20);
        var key = Phone.NewKey();

        Assert.Equal("points.held_for_order", await (await younger.Merge(two, key)).Code());
        await api.VoidHold(holder, 1);

        Assert.Equal(HttpStatusCode.OK, (await younger.Merge(two)).StatusCode);
        await api.Deliver();
        Assert.Equal(50, await older.SpendablePoints());
    }

    [Fact]
    public async Task A_coupon_that_an_order_holds_is_in_the_way_until_it_ends_and_comes_back_to_the_survivor()
    {
        var (older, younger) = await api.LogInTwice("decline-d1", "decline-d2", "13800091015");
        var answer = await younger.Post(CouponSteps.ClaimsOf(await api.PublishTemplate()));
        var couponId = (await answer.Json()).Text("couponId");
        await api.Deliver();
        await Run(younger, couponId, "reserve", (wallet, now) => CouponRules.Reserve(wallet, "o", now.AddDays(1), now));

        Assert.Equal("coupon.held_for_order", await (await younger.Merge("decline-d2")).Code());
        await Run(younger, couponId, "confirm", (wallet, now) => CouponRules.Confirm(wallet, "o", now));
        Assert.Equal(HttpStatusCode.OK, (await younger.Merge("decline-d2")).StatusCode);
        await api.Deliver();
        Assert.Empty(await older.AllPages("/api/me/coupons", 100));

        await Run(younger, couponId, "return", (wallet, now) => CouponRules.Return(wallet, "o", now));
        await Run(younger, couponId, "return again", (wallet, now) => CouponRules.Return(wallet, "o", now));
        await api.Deliver();
        Assert.Equal(couponId, Assert.Single(await older.AllPages("/api/me/coupons", 100)).Text("couponId"));
    }

    [Fact]
    public async Task A_merge_asks_for_a_confirmation_a_good_code_and_a_number_that_somebody_has()
    {
        var (_, younger) = await api.LogInTwice("decline-e1", "decline-e2", "13800091016");
        var code = api.Sandbox.PhoneCodes.Issue("decline-e2");

        Assert.Equal(
            "merge.unconfirmed", await (await younger.Post("/api/me/merge", new { code, confirm = false })).Code());
        Assert.Equal(
            "phone.code_refused",
            await (await younger.Post("/api/me/merge", new { code = "stolen", confirm = true })).Code());
        api.Sandbox.Shoppers.GivePhone("decline-e2", "13800091017");
        Assert.Equal("merge.nobody", await (await younger.Merge("decline-e2")).Code());
        Assert.Equal("phone.taken", await (await younger.BindPhone("decline-e2", "13800091016")).Code());
    }

    [Fact]
    public async Task Who_is_being_merged_into_does_not_leave_before_it_is_done()
    {
        var (older, younger) = await api.LogInTwice("decline-f1", "decline-f2", "13800091018");
        (await younger.Merge("decline-f2")).EnsureSuccessStatusCode();

        Assert.Equal("merge.under_way", await (await older.Delete("/api/me")).Code());
        await api.Deliver();
        Assert.Equal(HttpStatusCode.NoContent, (await older.Delete("/api/me")).StatusCode);
    }

    private async Task Run(
        Phone phone, string couponId, string key,
        Func<WalletCoupon, DateTimeOffset, Pond.Kernel.Decision<WalletEvent>> decide)
    {
        var decision = await api.Services.GetRequiredService<Transactor>().Run(
            WalletRows.Coupon(phone.MemberId, couponId, "o"),
            new Operation("TestOrder", $"{couponId} {key}", Fingerprint: null),
            decide,
            CancellationToken.None);
        Assert.Null(decision.Refusal);
    }
}
