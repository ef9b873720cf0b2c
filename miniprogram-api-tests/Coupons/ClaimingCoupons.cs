using System.Net;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

public sealed class ClaimingCoupons
{
    [Fact, Rule("CPN-03")]
    public async Task A_claimed_coupon_is_in_the_wallet_once_messages_are_delivered()
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await api.PublishTemplate();
        var alice = await api.LogIn("alice");

        var claim = await alice.Post(ClaimsOf(templateId));
        await api.Deliver();
        var wallet = await (await alice.Get("/api/me/coupons")).Json();

        Assert.Equal(HttpStatusCode.Accepted, claim.StatusCode);
        var coupon = Assert.Single(wallet.Items());
        Assert.Equal((await claim.Json()).Text("couponId"), coupon.Text("couponId"));
        Assert.Equal("满30减5", coupon.Text("name"));
        Assert.Equal("2026-04-01T00:00:00+08:00", coupon.Text("validUntil"));
    }

    [Theory, InlineData(1), InlineData(4)]
    [Rule("CPN-04"), Rule("D11"), Rule("D22")]
    public async Task Two_hundred_members_at_once_get_exactly_the_fifty_coupons(int shards)
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await api.PublishTemplate(stock: 50, shards: shards);
        var members = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => api.LogIn($"member-{i}")));

        var answers = await Task.WhenAll(members.Select(member => member.PostUntilAnswered(ClaimsOf(templateId))));
        await api.Deliver();
        var wallets = await Task.WhenAll(members.Select(async member => (await (await member.Get("/api/me/coupons")).Json()).Items().Length));

        Assert.Equal(50, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Accepted))
            Assert.Equal("coupon.sold_out", await refused.Code());
        Assert.Equal(50, wallets.Sum());
        Assert.Equal((50, 0), await api.StockOf(templateId));
    }

    [Fact, Rule("CPN-04"), Rule("D11")]
    public async Task Fifty_claims_of_one_member_at_once_get_one_coupon()
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await api.PublishTemplate(stock: 50);
        var alice = await api.LogIn("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => alice.PostUntilAnswered(ClaimsOf(templateId))));
        await api.Deliver();

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Single((await (await alice.Get("/api/me/coupons")).Json()).Items());
        Assert.Equal((1, 49), await api.StockOf(templateId));
    }
}
