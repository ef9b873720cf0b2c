using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-06")]
public sealed class ReissuingCoupons : IAsyncLifetime
{
    private MiniProgramApi api = null!;
    private string memberId = null!;
    private string couponId = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        var alice = await api.LogIn("alice");
        memberId = alice.MemberId;
        couponId = (await (await alice.Post(ClaimsOf(await api.PublishTemplate()))).Json()).Text("couponId");
        await api.Deliver();
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Theory, InlineData(true, 1), InlineData(true, 40), InlineData(false, 40)]
    public async Task A_refund_by_the_merchant_s_fault_brings_an_ended_coupon_back_for_seven_days(
        bool isFault, int days)
    {
        await Use("order");
        api.Clock.Advance(TimeSpan.FromDays(days));

        for (var repeat = 0; repeat < 3; repeat++)
            await Returns.Return(memberId, couponId, "order", isFault, CancellationToken.None);
        var wallet = await Wallet();

        if (!isFault)
        {
            Assert.Empty(wallet);
            return;
        }

        var coupon = Assert.Single(wallet);
        Assert.Equal("issued", coupon.Text("state"));
        Assert.Equal(
            days == 1 ? "2026-04-01T00:00:00+08:00" : "2026-04-18T00:00:00+08:00", coupon.Text("validUntil"));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact, Rule("ADM-03")]
    public async Task Service_issues_an_ended_coupon_anew_once_with_a_reason_in_the_audit()
    {
        api.Clock.Advance(TimeSpan.FromDays(40));
        var (body, key) = (new { reason = "商家责任退款" }, Phone.NewKey());

        var answer = await api.Operator().Post(ReissuePath, body, key);
        var again = await api.Operator().Post(ReissuePath, body, key);
        var other = await api.Operator().Post(ReissuePath, body);
        await api.Deliver();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("coupon.reissued", await other.Code());
        var coupon = Assert.Single(await Wallet());
        Assert.Equal((await answer.Json()).Text("couponId"), coupon.Text("couponId"));
        var line = Assert.Single(await api.AuditOf($"{memberId}/{couponId}"));
        Assert.Equal(("coupon.reissue", "商家责任退款"), (line.Text("action"), line.Text("reason")));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task What_is_still_good_or_spent_is_not_issued_anew()
    {
        var body = new { reason = "商家责任退款" };
        var good = await api.Operator().Post(ReissuePath, body);
        await Use("order");
        var spent = await api.Operator().Post(ReissuePath, body);
        var missing = await api.Operator().Post(
            $"/api/operator/members/{memberId}/coupons/{new Ids().Next()}/reissue", body);

        Assert.Equal("coupon.not_over", await good.Code());
        Assert.Equal("coupon.used", await spent.Code());
        Assert.Equal("coupon.missing", await missing.Code());
    }

    [Fact]
    public async Task Service_sees_every_coupon_of_a_member_page_by_page()
    {
        api.Clock.Advance(TimeSpan.FromDays(40));
        await api.Operator().Post(ReissuePath, new { reason = "商家责任退款" });

        var coupons = await api.Operator().AllPages($"/api/operator/members/{memberId}/coupons", 1);

        Assert.Equal(
            ["reissued", "issued"], coupons.Select(item => item.GetProperty("coupon").Text("state")));
        Assert.Equal(couponId, coupons[1].Text("firstId"));
        Assert.Equal(
            "member.missing",
            await (await api.Operator().Get($"/api/operator/members/{new Ids().Next()}/coupons")).Code());
    }

    [Fact]
    public void However_often_it_is_asked_for_one_coupon_of_a_claim_is_good() => Prop.ForAll(
        Gen.Choose(0, 20).ArrayOf().ToArbitrary(), waits =>
        {
            var (rows, now) = (new LayoutRows(), HandClock.Start);
            rows.Put(MemberRows.Head, new MemberStanding("m", MemberStatus.Active));
            var terms = CouponHistory.Template(1, 1, 1).Terms;
            rows.Put(
                WalletRows.Row("c"), new Coupon("c", terms, CouponState.Issued, now, HandClock.Start.AddDays(9)));
            foreach (var days in waits)
            {
                now = now.AddDays(days);
                foreach (var coupon in rows.Under<Coupon>(WalletRows.Prefix))
                {
                    rows.Run(WalletRows.Coupon("m", coupon.Id), wallet => ReissueRules.Reissue(
                        wallet, new ReissueOrder("m", coupon.Id, "o", "r"), Ids.From($"{coupon.Id} {now}"), now));
                }
            }

            var all = rows.Under<Coupon>(WalletRows.Prefix);
            return !rows.HasClash
                && all.Count(coupon => coupon.State is not CouponState.Reissued) == 1
                && all.All(coupon => (coupon.FirstId ?? coupon.Id) == "c");
        }).CheckThoroughly();

    private string ReissuePath => $"/api/operator/members/{memberId}/coupons/{couponId}/reissue";

    private CouponReturns Returns => api.Services.GetRequiredService<CouponReturns>();

    private async Task<System.Text.Json.JsonElement[]> Wallet() =>
        (await (await (await api.LogIn("alice")).Get("/api/me/coupons")).Json()).Items();

    private async Task Use(string orderId)
    {
        await Run(orderId, "reserve", (wallet, now) => CouponRules.Reserve(wallet, orderId, now.AddMinutes(15), now));
        await Run(orderId, "confirm", (wallet, now) => CouponRules.Confirm(wallet, orderId, now));
    }

    private async Task Run(
        string orderId, string what, Func<WalletCoupon, DateTimeOffset, Decision<WalletEvent>> decide)
    {
        var decision = await api.Services.GetRequiredService<Transactor>().Run(
            WalletRows.Coupon(memberId, couponId, orderId), new Operation(what, orderId, null), decide,
            CancellationToken.None);
        Assert.Null(decision.Refusal);
    }
}
