using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Platform;
using static Pond.Tests.Coupons.CouponSteps;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Coupons;

/// <summary>What an order does with a coupon, through the transactor and the store of the running app.</summary>
[Rule("CPN-03")]
public sealed class HoldingCoupons : IAsyncLifetime
{
    private MiniProgramApi api = null!;
    private Phone alice = null!;
    private string couponId = null!;

    public async Task InitializeAsync()
    {
        api = await MiniProgramApi.Start();
        alice = await api.LogIn("alice");
        couponId = (await (await alice.Post(ClaimsOf(await api.PublishTemplate()))).Json()).Text("couponId");
        await api.Deliver();
    }

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task Of_a_hundred_orders_at_once_one_gets_the_coupon()
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Reserve($"order-{i}"))));

        Assert.Single(decisions, decision => decision.Refusal is null);
        Assert.All(
            decisions.Where(decision => decision.Refusal is not null),
            decision => Assert.Equal(CouponRefusals.Held, decision.Refusal));
        Assert.Equal("reserved", await State());
        Assert.Single(Rows("coupon-held:"));
    }

    [Fact]
    public async Task Of_a_hundred_confirmations_and_releases_at_once_all_find_one_outcome()
    {
        await Reserve("order");

        var decisions = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => i % 2 == 0
            ? Run("order", $"confirm {i}", (wallet, now) => CouponRules.Confirm(wallet, "order", now))
            : Run("order", $"release {i}", (wallet, now) => CouponRules.Release(wallet, "order", now)))));

        Assert.Single(decisions.SelectMany(decision => decision.Facts));
        Assert.Equal(50, decisions.Count(decision => decision.Refusal == CouponRefusals.HoldOver));
        Assert.Empty(Rows("coupon-held:"));
        Assert.Single(Rows("coupon-hold:"));
    }

    [Fact]
    public async Task A_hold_is_released_by_the_sweep_once_its_time_is_over_and_not_before()
    {
        await Reserve("order");

        api.Clock.Advance(TimeSpan.FromMinutes(14));
        await api.Fire(nameof(ReleaseCouponHolds));
        Assert.Equal("reserved", await State());

        api.Clock.Advance(TimeSpan.FromMinutes(3));
        await api.Fire(nameof(ReleaseCouponHolds));
        Assert.Equal("issued", await State());
        Assert.Equal(CouponRefusals.HoldOver, (await Confirm("order")).Refusal);
        Assert.Null((await Reserve("another")).Refusal);
    }

    [Fact]
    [Rule("CPN-06")]
    public async Task A_used_coupon_leaves_the_wallet_and_comes_back_with_the_money()
    {
        await Reserve("order");
        Assert.Null((await Confirm("order")).Refusal);
        api.Clock.Advance(TimeSpan.FromHours(1));
        await api.Fire(nameof(ReleaseCouponHolds));
        alice = await api.LogIn("alice");
        Assert.Null(await State());
        Assert.Equal(CouponRefusals.Spent, (await Reserve("another")).Refusal);

        await Run("order", "return", (wallet, now) => CouponRules.Return(wallet, "order", now));

        Assert.Equal("issued", await State());
    }

    [Fact]
    public async Task The_end_of_a_coupon_is_judged_when_it_is_used_though_no_job_has_run()
    {
        var end = China(2026, 4, 1);
        api.Clock.MoveTo(end.AddSeconds(-1));
        Assert.Null((await Reserve("in time")).Refusal);
        await Run("in time", "release", (wallet, now) => CouponRules.Release(wallet, "in time", now));

        api.Clock.MoveTo(end);

        Assert.Equal(CouponRefusals.Over, (await Reserve("late")).Refusal);
    }

    [Fact]
    public async Task A_coupon_released_after_its_end_is_expired()
    {
        api.Clock.MoveTo(China(2026, 4, 1).AddMinutes(-1));
        await Reserve("order");
        api.Clock.Advance(TimeSpan.FromHours(1));
        await api.Fire(nameof(ReleaseCouponHolds));

        Assert.Contains("\"state\":\"Expired\"", Assert.Single(Rows("coupon:")).Data, StringComparison.Ordinal);
    }

    [Theory, InlineData("frozen", "coupon.frozen"), InlineData("revoked", "coupon.revoked")]
    public async Task A_frozen_or_revoked_coupon_cannot_be_held_and_the_audit_says_why(string state, string code)
    {
        (await Judge(state)).EnsureSuccessStatusCode();
        (await Judge(state)).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal(code, (await Reserve("order")).Refusal!.Code);
        var line = Assert.Single(await api.AuditOf($"{alice.MemberId}/{couponId}"));
        Assert.Equal(("coupon.state", "异常领券", "issued", state),
            (line.Text("action"), line.Text("reason"), line.Text("before"), line.Text("after")));
    }

    [Fact]
    public async Task A_thawed_coupon_is_free_again_and_a_revoked_one_never()
    {
        await Judge("frozen");
        await Judge("issued");
        Assert.Equal("issued", await State());

        await Judge("revoked");
        Assert.Equal("coupon.revoked", await (await Judge("issued")).Code());
        Assert.Null(await State());
    }

    [Fact]
    public async Task A_coupon_that_an_order_holds_is_not_taken_from_it()
    {
        await Reserve("order");

        Assert.Equal("coupon.held", await (await Judge("revoked")).Code());
        Assert.Null((await Confirm("order")).Refusal);
        Assert.Equal("coupon.used", await (await Judge("revoked")).Code());
    }

    [Fact]
    public async Task A_frozen_member_holds_nothing_more_but_keeps_what_was_ordered()
    {
        await Reserve("order");
        (await api.Operator().Put(
            $"/api/operator/members/{alice.MemberId}/status", new { status = "frozen", reason = "异常" }))
            .EnsureSuccessStatusCode();

        Assert.Equal("member.frozen", (await Reserve("another")).Refusal!.Code);
        Assert.Null((await Confirm("order")).Refusal);
    }

    [Fact]
    public async Task A_coupon_that_is_not_there_is_not_found()
    {
        foreach (var path in new[] { $"{alice.MemberId}/coupons/{new Ids().Next()}", $"{alice.MemberId}/coupons/x" })
        {
            var answer = await api.Operator().Put(
                $"/api/operator/members/{path}/state", new { state = "frozen", reason = "异常领券" });
            Assert.Equal("coupon.missing", await answer.Code());
        }
    }

    private Task<HttpResponseMessage> Judge(string state) => api.Operator().Put(
        $"/api/operator/members/{alice.MemberId}/coupons/{couponId}/state", new { state, reason = "异常领券" });

    private Task<Decision<WalletEvent>> Reserve(string orderId) => Run(
        orderId,
        "reserve",
        (wallet, now) => CouponRules.Reserve(wallet, orderId, now.AddMinutes(15), now));

    private Task<Decision<WalletEvent>> Confirm(string orderId) =>
        Run(orderId, "confirm", (wallet, now) => CouponRules.Confirm(wallet, orderId, now));

    private Task<Decision<WalletEvent>> Run(
        string orderId, string key, Func<WalletCoupon, DateTimeOffset, Decision<WalletEvent>> decide) =>
        api.Services.GetRequiredService<Transactor>().Run(
            WalletRows.Coupon(alice.MemberId, couponId, orderId),
            new Operation("TestOrder", $"{orderId} {key}", Fingerprint: null),
            decide,
            CancellationToken.None);

    private async Task<string?> State()
    {
        alice = await api.LogIn("alice");
        var wallet = (await (await alice.Get("/api/me/coupons")).Json()).Items();
        return wallet.SingleOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } coupon
            ? coupon.Text("state")
            : null;
    }

    private StoredRow[] Rows(string prefix) =>
    [
        .. StoredRow.All(api).Where(row =>
            row.Partition == $"m:{alice.MemberId}" && row.Key.StartsWith(prefix, StringComparison.Ordinal)),
    ];
}
