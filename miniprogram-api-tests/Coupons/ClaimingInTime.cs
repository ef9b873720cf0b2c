using System.Net;
using static Pond.Tests.Coupons.CouponSteps;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Coupons;

public sealed class ClaimingInTime
{
    private static readonly DateTimeOffset From = China(2026, 3, 5, 10);
    private static readonly DateTimeOffset Until = China(2026, 3, 7, 22);

    [Fact, Rule("CPN-01")]
    public async Task A_window_is_open_from_its_first_instant_to_before_its_last()
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await Publish(api);

        Assert.Equal("coupon.not_open", await CodeAt(api, templateId, From.AddSeconds(-1)));
        Assert.Null(await CodeAt(api, templateId, From));
        Assert.Null(await CodeAt(api, templateId, Until.AddSeconds(-1)));
        Assert.Equal("coupon.closed", await CodeAt(api, templateId, Until));
    }

    [Theory]
    [InlineData(1, 1, "2026-03-06T00:00:00+08:00")]
    [InlineData(1, 23, "2026-03-06T00:00:00+08:00")]
    [InlineData(30, 12, "2026-04-04T00:00:00+08:00")]
    public async Task A_coupon_lasts_so_many_days_the_first_being_the_day_of_the_claim(
        int validDays, int hour, string validUntil)
    {
        await using var api = await MiniProgramApi.Start();
        var template = Some.Template();
        (template["claimFrom"], template["claimUntil"], template["validDays"]) = (From.AddDays(-3), Until, validDays);
        var templateId = await Publish(api, template);

        var alice = await api.LogInAt("alice", China(2026, 3, 5, hour, 59, 59));
        var coupon = await (await alice.Post(ClaimsOf(templateId))).Json();

        Assert.Equal(validUntil, coupon.Text("validUntil"));
    }

    [Fact, Rule("CPN-03")]
    public async Task The_wallet_hides_a_coupon_from_the_instant_of_its_end()
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await Publish(api, Some.Template());
        await (await api.LogIn("alice")).Post(ClaimsOf(templateId));
        await api.Deliver();

        var end = China(2026, 4, 1);
        Assert.Single(await WalletAt(api, end.AddSeconds(-1)));
        Assert.Empty(await WalletAt(api, end));
        Assert.Empty(await WalletAt(api, end.AddSeconds(59)));
        Assert.Empty(await WalletAt(api, end.AddMinutes(1)));
    }

    [Fact, Rule("CPN-02")]
    public async Task A_coupon_keeps_the_terms_that_it_was_claimed_with()
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await Publish(api, Some.Template());
        var alice = await api.LogIn("alice");
        await alice.Post(ClaimsOf(templateId));
        (await api.ChangeTemplate(templateId, "ended")).EnsureSuccessStatusCode();
        (await api.ChangeTemplate(templateId, "archived")).EnsureSuccessStatusCode();
        await api.Deliver();

        var coupon = Assert.Single((await (await alice.Get("/api/me/coupons")).Json()).Items());
        Assert.Equal(("issued", 3_000), (coupon.Text("state"), coupon.Whole("thresholdFen")));
    }

    private static async Task<System.Text.Json.JsonElement[]> WalletAt(MiniProgramApi api, DateTimeOffset instant) =>
        (await (await (await api.LogInAt("alice", instant)).Get("/api/me/coupons")).Json()).Items();

    private static async Task<string?> CodeAt(MiniProgramApi api, string templateId, DateTimeOffset instant)
    {
        var phone = await api.LogInAt($"at {instant:HHmmss}", instant);
        var answer = await phone.Post(ClaimsOf(templateId));
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"{answer.StatusCode}");
        return await answer.Code();
    }

    private static Task<string> Publish(MiniProgramApi api)
    {
        var template = Some.Template();
        (template["claimFrom"], template["claimUntil"]) = (From, Until);
        return Publish(api, template);
    }

    private static async Task<string> Publish(MiniProgramApi api, object template)
    {
        var drafted = await api.Operator().Post("/api/operator/coupon-templates", template);
        var templateId = (await drafted.Json()).GetProperty("offer").Text("templateId");
        (await api.ChangeTemplate(templateId, "published")).EnsureSuccessStatusCode();
        return templateId;
    }
}
