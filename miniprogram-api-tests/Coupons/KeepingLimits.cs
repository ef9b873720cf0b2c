using System.Net;
using Pond.Coupons;
using Pond.Platform;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

public class KeepingLimits(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("CPN-04")]
    public async Task A_member_gets_as_many_as_the_limit_and_no_more()
    {
        var templateId = await api.PublishTemplate(stock: 50, perMember: 3);
        var phone = await shared.Newcomer();

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 5; i++) answers.Add(await phone.Post(ClaimsOf(templateId)));
        await api.Deliver();

        Assert.Equal([202, 202, 202, 409, 409], answers.Select(answer => (int)answer.StatusCode));
        Assert.Equal("coupon.limit_reached", await answers[^1].Code());
        Assert.Equal(
            3, (await phone.AllPages("/api/me/coupons", 100)).DistinctBy(coupon => coupon.Text("couponId")).Count());
        Assert.Equal((3, 47), await api.StockOf(templateId));
    }

    [Theory, InlineData(1), InlineData(4)]
    [Rule("CPN-04"), Rule("D22")]
    public async Task The_limit_holds_for_thirty_claims_at_once(int shards)
    {
        var templateId = await api.PublishTemplate(stock: 50, perMember: 3, shards: shards);
        var phone = await shared.Newcomer();

        var answers =
            await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => phone.PostUntilAnswered(ClaimsOf(templateId))));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal((3, 47), await api.StockOf(templateId));
    }

    [Fact]
    public async Task The_same_key_gets_the_same_coupon_and_a_new_key_another_answer()
    {
        var templateId = await api.PublishTemplate();
        var phone = await shared.Newcomer();
        var key = Phone.NewKey();

        var first = await phone.Post(ClaimsOf(templateId), key: key);
        var again = await phone.Post(ClaimsOf(templateId), key: key);
        var other = await phone.Post(ClaimsOf(templateId));

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("coupon.limit_reached", await other.Code());
    }

    [Fact]
    public async Task Two_members_may_choose_the_same_key()
    {
        var templateId = await api.PublishTemplate();
        var key = Phone.NewKey();

        var one = await (await (await shared.Newcomer()).Post(ClaimsOf(templateId), key: key)).Json();
        var other = await (await (await shared.Newcomer()).Post(ClaimsOf(templateId), key: key)).Json();

        Assert.NotEqual(one.Text("couponId"), other.Text("couponId"));
        Assert.Equal((2, 8), await api.StockOf(templateId));
    }

    [Fact]
    public async Task A_claim_refused_for_want_of_stock_may_be_asked_again_with_its_key()
    {
        var templateId = await api.PublishTemplate(stock: 1);
        await (await shared.Newcomer()).Post(ClaimsOf(templateId));
        var late = await shared.Newcomer();
        var key = Phone.NewKey();

        for (var i = 0; i < 2; i++)
        {
            var answer = await late.Post(ClaimsOf(templateId), key: key);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Equal("coupon.sold_out", await answer.Code());
        }
    }

    [Fact]
    public async Task A_template_that_is_not_there_cannot_be_claimed()
    {
        var phone = await shared.Newcomer();
        foreach (var templateId in new[] { new Ids().Next(), "spring", "UPPERCASEUPPERCASEUPPERCAS" })
        {
            var answer = await phone.Post(ClaimsOf(templateId));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("coupon.template_missing", await answer.Code());
        }
    }

    [Fact, Rule("D37")]
    public async Task Nobody_claims_without_a_login()
    {
        var templateId = await api.PublishTemplate();
        using var request = new HttpRequestMessage(HttpMethod.Post, ClaimsOf(templateId));
        request.Headers.Add("Idempotency-Key", Phone.NewKey());

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Http.SendAsync(request)).StatusCode);
        Assert.Equal((0, 10), await api.StockOf(templateId));
    }

    [Fact]
    public async Task A_claim_without_a_key_is_refused()
    {
        var templateId = await api.PublishTemplate();

        var answer = await (await shared.Newcomer()).Send(HttpMethod.Post, ClaimsOf(templateId));

        Assert.Equal("idempotency.key_missing", await answer.Code());
    }

    [Fact, Rule("CPN-04")]
    public async Task Nobody_is_told_sold_out_while_another_shard_has_coupons()
    {
        const int shards = 2;
        for (var round = 0; round < 3; round++)
        {
            var templateId = await api.PublishTemplate(stock: 24, shards: shards);
            var sameHome = new List<Phone>();
            while (sameHome.Count < 24)
            {
                var phone = await shared.Newcomer();
                if (ShardRows.HomeOf(phone.MemberId, shards) == 0) sameHome.Add(phone);
            }

            var answers = await Task.WhenAll(sameHome.Select(phone => phone.PostUntilAnswered(ClaimsOf(templateId))));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
            Assert.Equal((24, 0), await api.StockOf(templateId));
        }
    }
}
