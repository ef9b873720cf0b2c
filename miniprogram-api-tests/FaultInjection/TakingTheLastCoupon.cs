using System.Net;
using Pond.Coupons;
using Pond.Tests.Coupons;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.FaultInjection;

/// <summary>What the answer is when the same wish would be decided differently the second time.</summary>
[Rule("CPN-04")]
public sealed class TakingTheLastCoupon
{
    [Fact]
    public async Task Who_has_it_already_is_told_so_and_not_that_it_is_sold_out()
    {
        await using var app = await FaultyApp.Start();
        await using var neighbour = await app.StartNeighbour();
        var templateId = await app.Api.PublishTemplate(stock: 1);
        var (alice, bob) = (await app.Api.LogIn("alice"), await neighbour.LogIn("bob"));
        HttpResponseMessage? bobs = null;
        app.Faults.Meanwhile = async () => bobs = await bob.Post(ClaimsOf(templateId));

        var alices = await Claim(app, alice, templateId, FaultWay.FailsAfter);
        await app.Settle();

        Assert.Equal(HttpStatusCode.Accepted, alices.StatusCode);
        Assert.Equal("coupon.sold_out", await bobs!.Code());
        Assert.Single(await app.Api.WalletOf("alice"));
        Assert.Empty(await app.Api.WalletOf("bob"));
    }

    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.LandsBeforeNextCommit)]
    [InlineData(FaultWay.LandsAfterNextCommit)]
    public async Task Whose_claim_came_too_late_is_told_sold_out_and_never_gets_it(FaultWay way)
    {
        await using var app = await FaultyApp.Start();
        await using var neighbour = await app.StartNeighbour();
        var templateId = await app.Api.PublishTemplate(stock: 1);
        var (alice, bob) = (await app.Api.LogIn("alice"), await neighbour.LogIn("bob"));
        HttpResponseMessage? bobs = null;
        app.Faults.Meanwhile = async () => bobs = await bob.Post(ClaimsOf(templateId));

        var alices = await Claim(app, alice, templateId, way);
        await app.Settle();

        Assert.Equal("coupon.sold_out", await alices.Code());
        Assert.Equal(HttpStatusCode.Accepted, bobs!.StatusCode);
        Assert.Empty(await app.Api.WalletOf("alice"));
        Assert.Single(await app.Api.WalletOf("bob"));
        Assert.Equal((1, 0), await app.Api.StockOf(templateId));
    }

    [Fact]
    public async Task Whose_claim_lands_after_the_end_of_claims_is_told_that_they_are_closed_and_gets_nothing()
    {
        await using var app = await FaultyApp.Start();
        var templateId = await app.Api.PublishTemplate(stock: 1);
        var alice = await app.Api.LogIn("alice");
        app.Faults.Meanwhile = () =>
        {
            app.Api.Clock.Advance(TimeSpan.FromDays(2));
            return Task.CompletedTask;
        };

        var answer = await Claim(app, alice, templateId, FaultWay.LandsAfterNextCommit);
        await app.Settle();

        Assert.Equal("coupon.closed", await answer.Code());
        Assert.Empty(await app.Api.WalletOf("alice"));
        Assert.Equal((0, 1), await app.Api.StockOf(templateId));
    }

    [Fact]
    public async Task Whose_shard_ran_out_during_a_lost_claim_still_gets_what_another_shard_has()
    {
        await using var app = await FaultyApp.Start();
        await using var neighbour = await app.StartNeighbour();
        var templateId = await app.Api.PublishTemplate(stock: 2, shards: 2);
        var alice = await app.Api.LogIn("alice");
        var bob = await ShopperOfTheSameShard(neighbour, alice);
        app.Faults.Meanwhile = async () => (await bob.Post(ClaimsOf(templateId))).EnsureSuccessStatusCode();

        var answer = await Claim(app, alice, templateId, FaultWay.FailsBefore);
        await app.Settle();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Single(await app.Api.WalletOf("alice"));
        Assert.Equal((2, 0), await app.Api.StockOf(templateId));
    }

    /// <summary>The answer to a claim whose first commit on the stock goes wrong, and to its resend.</summary>
    private static async Task<HttpResponseMessage> Claim(FaultyApp app, Phone phone, string templateId, FaultWay way)
    {
        var key = Phone.NewKey();
        var stock = $"commit {ShardRows.Partition(templateId, 0)[..^2]}";
        app.Faults.Arm(call => call.Name.StartsWith(stock, StringComparison.Ordinal), way);
        var answer = await app.Answered(api => (phone with { Api = api }).Post(ClaimsOf(templateId), key: key));
        app.Faults.Disarm();

        var signedIn = await app.Api.LogIn("alice"); // time may have passed
        var again = await app.Answered(_ => signedIn.Post(ClaimsOf(templateId), key: key));
        Assert.Equal(answer.StatusCode, again.StatusCode);
        Assert.Equal(await answer.Code(), await again.Code());
        return answer;
    }

    private static async Task<Phone> ShopperOfTheSameShard(MiniProgramApi api, Phone other)
    {
        for (var i = 0; ; i++)
        {
            var shopper = await api.LogIn($"bob-{i}");
            if (ShardRows.HomeOf(shopper.MemberId, 2) == ShardRows.HomeOf(other.MemberId, 2)) return shopper;
        }
    }
}
