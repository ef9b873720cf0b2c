using Microsoft.Extensions.DependencyInjection;
using Pond.Promotions;
using Pond.Tests.Coupons;
using Pond.Tests.Pricing;

namespace Pond.Tests.Promotions;

/// <summary>What a promotion has to give, and what it has given.</summary>
[Rule("CMP-03")]
public sealed class GivingOut(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task It_stops_when_all_is_given_warns_before_and_goes_on_with_more()
    {
        var plan = api.Plan().With("couponsMax", 5);
        var (id, templateId) = await api.Coupons(plan);
        for (var i = 0; i < 3; i++) Assert.Null(await (await app.Newcomer()).TryClaim(templateId));
        Assert.Equal((3, false), await api.GivenUnder(id));
        Assert.Null(await (await app.Newcomer()).TryClaim(templateId));
        Assert.Equal((4, true), await api.GivenUnder(id));
        Assert.Null(await (await app.Newcomer()).TryClaim(templateId));
        var late = await app.Newcomer();

        Assert.Equal("promotion.given_out", await late.TryClaim(templateId));
        Assert.Equal((5, 5), await api.StockOf(templateId));
        await PromotionSteps.Ok(await api.Edit(id, plan.With("couponsMax", 6), await api.VersionOf(id)));
        Assert.Null(await late.TryClaim(templateId));
        await api.Deliver();
        Assert.Equal((6, true), await api.GivenUnder(id));
    }

    [Fact]
    public async Task A_gift_counts_once_however_often_it_is_asked_for_and_told_and_a_refused_one_not_at_all()
    {
        var (id, templateId) = await api.Coupons(api.Plan().With("couponsMax", 5));
        var (alice, key) = (await app.Newcomer(), Phone.NewKey());
        for (var i = 0; i < 3; i++) Assert.Null(await alice.TryClaim(templateId, key));
        Assert.Equal("coupon.limit_reached", await alice.TryClaim(templateId));
        Assert.Equal((1, false), await api.GivenUnder(id));

        await api.Deliver();
        Assert.Null(await alice.TryClaim(templateId, key));
        await api.Deliver();

        Assert.Equal((1, false), await api.GivenUnder(id));
    }

    [Fact]
    public async Task Without_a_limit_it_is_counted_all_the_same()
    {
        var (id, templateId) = await api.Coupons();
        Assert.Null(await (await app.Newcomer()).TryClaim(templateId));
        await api.Deliver();

        Assert.Equal((1, false), await api.GivenUnder(id));
    }

    [Fact]
    public async Task What_was_kept_for_a_gift_that_never_came_is_free_again_and_one_that_came_is_not()
    {
        var (id, templateId) = await api.Coupons(api.Plan().With("couponsMax", 2));
        var budgets = api.Services.GetRequiredService<PromotionBudgets>();
        Assert.Null(await budgets.Reserve(id, "lost", 2, CancellationToken.None)); // and then the process dies
        Assert.Null(await (await app.Newcomer()).TryClaim(templateId));
        Assert.Equal("promotion.given_out", await (await app.Newcomer()).TryClaim(templateId));
        await api.Deliver();

        api.Clock.Advance(BudgetRules.HoldTime + TimeSpan.FromMinutes(2));
        await api.Fire(nameof(FreeKeptGrants));

        Assert.Equal((1, false), await api.GivenUnder(id));
        Assert.Null(await (await app.Newcomer()).TryClaim(templateId));
    }
}
