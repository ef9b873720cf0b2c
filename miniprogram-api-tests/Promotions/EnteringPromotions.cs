using Pond.Tests.Activities;
using Pond.Tests.Bargains;
using Pond.Tests.Coupons;
using Pond.Tests.FlashSales;
using Pond.Tests.GroupBuys;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Tags;
using Pond.Tests.Tiers;

namespace Pond.Tests.Promotions;

/// <summary>What members can begin, by the promotion that it belongs to.</summary>
public sealed class EnteringPromotions(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact, Rule("CMP-01")]
    public async Task What_is_not_open_is_refused_and_nothing_changes()
    {
        var plan = api.Plan();
        var id = await api.DraftPlan(plan);
        var templateId = await api.PublishTemplate(api.TemplateIn(id));
        await PromotionSteps.Ok(await api.Edit(
            id, plan.With("parts", PromotionSteps.PartsOf(("couponTemplate", templateId))), 1));
        await api.Deliver();
        var alice = await app.Newcomer();
        var before = StoredRow.AllButHints(api);

        Assert.Equal("promotion.not_open", await alice.TryClaim(templateId)); // a draft opens nothing
        Assert.Equal(before, StoredRow.AllButHints(api));
        await PromotionSteps.Ok(await api.Operator().Stage(id, "submitted", 2));
        Assert.Equal("promotion.not_open", await alice.TryClaim(templateId));
        Assert.Equal((0, 10), await CouponSteps.StockOf(api, templateId));
    }

    [Fact, Rule("CMP-01")]
    public async Task What_belongs_to_no_such_promotion_or_is_not_among_its_parts_is_not_open()
    {
        var (id, _) = await api.Coupons();
        var alice = await app.Newcomer();
        var stray = await api.PublishTemplate(api.TemplateIn(id));
        var lost = await api.PublishTemplate(api.TemplateIn(Platform.Ids.From("no such promotion")));

        Assert.Equal("promotion.not_open", await alice.TryClaim(stray));
        Assert.Equal("promotion.not_open", await alice.TryClaim(lost));
    }

    [Fact, Rule("CMP-01")]
    public async Task Who_asks_again_hears_the_first_answer_when_it_is_over_too()
    {
        var (id, templateId) = await api.Coupons();
        var (alice, key) = (await app.Newcomer(), Phone.NewKey());
        var first = await (await alice.Post(CouponSteps.ClaimsOf(templateId), key: key)).Json();
        await api.SetStage(id, "ended");

        var again = await (await alice.Post(CouponSteps.ClaimsOf(templateId), key: key)).Json();

        Assert.Equal(first.Text("couponId"), again.Text("couponId"));
        Assert.Equal("promotion.ended", await (await app.Newcomer()).TryClaim(templateId));
    }

    [Fact, Rule("CMP-01")]
    public async Task A_group_is_started_while_it_is_open_and_goes_on_after_but_not_in_a_pause()
    {
        var plan = api.Plan();
        var id = await api.DraftPlan(plan);
        var buy = await api.GroupBuy(body => body["promotionId"] = id);
        var (leader, friend) = (await app.Newcomer(), await app.Newcomer());
        Assert.Equal("promotion.not_open", await (await leader.TryStart(buy)).Code());

        await api.Approve(id, plan, ("groupBuy", buy.ActivityId));
        var (groupId, _) = await leader.Led(buy);
        await api.SetStage(id, "paused");
        Assert.Equal("promotion.paused", await (await (await app.Newcomer()).TryStart(buy)).Code());
        Assert.Equal("promotion.paused", await (await friend.TryJoin(groupId, buy)).Code());
        await api.SetStage(id, "ended");
        Assert.Equal("promotion.ended", await (await (await app.Newcomer()).TryStart(buy)).Code());
        await friend.Joined(groupId, buy);
    }

    [Fact, Rule("CMP-01")]
    public async Task A_bargain_and_a_flash_sale_open_with_it()
    {
        var plan = api.Plan();
        var id = await api.DraftPlan(plan);
        var bargain = await api.PublishBargain(api.Bargain(await api.Product()).With("promotionId", id));
        var sale = await FlashSaleSteps.Publish(api, api.FlashSale(await api.Product(stock: 10)).With("promotionId", id));
        var alice = await app.Newcomer();
        Assert.Equal("promotion.not_open", await (await alice.Post(BargainSteps.AttemptsOf(bargain))).Code());
        Assert.Equal("promotion.not_open", await (await alice.Claim(sale, key: Phone.NewKey())).Code());

        await api.Approve(id, plan, ("bargain", bargain), ("flashSale", sale));
        var attemptId = await alice.Attempt(bargain);
        await alice.Claimed(sale);
        await api.SetStage(id, "paused");
        var bob = await app.Newcomer();
        Assert.Equal("promotion.paused", await (await bob.Post(BargainSteps.AttemptsOf(bargain))).Code());
        Assert.Equal("promotion.paused", await (await bob.Claim(sale, key: Phone.NewKey())).Code());
        await PromotionSteps.Ok(await bob.Help(attemptId)); // what has begun goes on
    }

    [Fact, Rule("CMP-01")]
    public async Task A_price_counts_while_it_is_open_and_a_quote_says_why_it_does_not()
    {
        var plan = api.Plan();
        var (id, skuId, alice) = (await api.DraftPlan(plan), await api.Product(4_000), await app.Newcomer());
        var reduction = await PricingSteps.Publish(
            api,
            api.Promotion().With("skuIds", new[] { skuId }).With("promotionId", id));
        Assert.Equal("promotion.not_open", await Explained());

        await api.Approve(id, plan, ("pricePromotion", reduction));
        Assert.Null(await Explained());
        await api.SetStage(id, "paused");
        Assert.Equal("promotion.paused", await Explained());

        async Task<string?> Explained() =>
            (await alice.Quote(new Wish(skuId))).Explained(reduction).GetProperty("code").GetString();
    }

    [Fact, Rule("CMP-04")]
    public async Task It_is_open_to_its_audience_alone()
    {
        var old = await app.Newcomer();
        await api.SetProgramme();
        var gold = await app.Newcomer();
        await api.Grow(gold, 1_000);
        await api.Deliver();
        var code = (await (await gold.Get("/api/me/tier")).Json()).GetProperty("benefits").Text("code");
        api.Clock.Advance(TimeSpan.FromMinutes(10));
        var (_, forNewcomers) = await api.Coupons(api.Plan().With("audience", "newcomers"));
        var (_, forTier) = await api.Coupons(api.Plan().With("audience", "tiers").With("tierCodes", new[] { code }));
        var (_, forNew) = await api.Coupons(api.Plan().With("audience", "newMembers").With("newDays", 1));
        var newcomer = await app.Newcomer();

        Assert.Equal("promotion.not_for_you", await old.TryClaim(forNewcomers));
        Assert.Null(await newcomer.TryClaim(forNewcomers));
        Assert.Equal("promotion.not_for_you", await old.TryClaim(forTier));
        Assert.Null(await gold.TryClaim(forTier));
        Assert.Null(await old.TryClaim(forNew));
        Assert.Null(await newcomer.TryClaim(forNew));
    }

    [Fact, Rule("CMP-04")]
    public async Task Whoever_has_one_of_its_tags_belongs_to_it_from_then_on_until_the_tag_goes()
    {
        var (tea, coffee) = (await api.Tag("爱喝茶", family: "static"), await api.Tag("爱喝咖啡"));
        var (_, templateId) = await api.Coupons(
            api.Plan().With("audience", "tagged").With("tagIds", new[] { tea, coffee }), perMember: 3);
        var (alice, bob) = (await app.Newcomer(), await app.Newcomer());
        Assert.Equal("promotion.not_for_you", await alice.TryClaim(templateId));

        await PromotionSteps.Ok(await api.PutOn(alice.MemberId, tea, api.Clock.GetUtcNow().AddDays(2)));
        await PromotionSteps.Ok(await api.PutOn(bob.MemberId, coffee));
        await PromotionSteps.Ok(await api.Retire(coffee)); // nobody gets it any more, who has it keeps it
        Assert.Null(await alice.TryClaim(templateId));
        Assert.Null(await bob.TryClaim(templateId));

        await PromotionSteps.Ok(await api.TakeOff(bob.MemberId, coffee));
        api.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal("promotion.not_for_you", await (await alice.Refreshed()).TryClaim(templateId));
        Assert.Equal("promotion.not_for_you", await (await bob.Refreshed()).TryClaim(templateId));
    }

    [Fact, Rule("CMP-04"), Rule("TAG-01")]
    public async Task A_tag_that_tells_its_audience_stays_and_one_that_nobody_can_have_tells_none()
    {
        var (known, retired) = (await api.Tag("已购"), await api.Tag("弃用"));
        await PromotionSteps.Ok(await api.Retire(retired));
        var before = StoredRow.AllButHints(api);
        Assert.Equal("tag.missing", await Refused(known, Platform.Ids.From("no such tag")));
        Assert.Equal("tag.retired", await Refused(known, retired));
        Assert.Equal(before, StoredRow.AllButHints(api));

        var plan = api.Plan();
        var id = await api.DraftPlan(plan);
        await PromotionSteps.Ok(await api.Edit(
            id, plan.With("audience", "tagged").With("tagIds", new[] { known }), version: 1));
        Assert.Equal("tag.in_use", await (await api.Operator().Delete($"{TagSteps.TagsPath}/{known}")).Code());

        async Task<string?> Refused(params string[] tagIds) => await (await api.Operator().Post(
            PromotionSteps.PlansPath, api.Plan().With("audience", "tagged").With("tagIds", tagIds))).Code();
    }

    [Fact, Rule("CMP-01")]
    public async Task Its_coupons_come_by_no_code()
    {
        var (_, templateId) = await api.Coupons();
        var answer = await api.Operator().Post(
            $"/api/operator/coupon-templates/{templateId}/code-batches", new { count = 1, note = "海报" });
        Assert.Equal("coupon.no_codes_in_promotion", await answer.Code());
    }
}
