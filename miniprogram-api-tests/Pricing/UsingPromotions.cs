using Pond.Kernel;
using Pond.Orders;
using Pond.Platform;
using Pond.Pricing;
using static Pond.Tests.Pricing.PricingSteps;

namespace Pond.Tests.Pricing;

/// <summary>What orders do with limited promotions, through the transactor and the store of the running app.</summary>
[Rule("D30")]
public sealed class UsingPromotions(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task Of_twenty_orders_at_once_exactly_as_many_get_a_use_as_there_are()
    {
        var id = await api.Publish(api.Promotion().With("usesMax", 3));
        var members = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shared.Newcomer()));

        var refusals = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => api.Reserve(NewOrder(), members[i % 5], new PromotionUse(id, 500)))));

        Assert.Equal(3, refusals.Count(why => why is null));
        Assert.All(refusals.OfType<Refusal>(), why => Assert.Equal(PromotionRefusals.UsesUp, why));
        Assert.Equal((3, 1_500), await api.UsesOf(id));
    }

    [Fact]
    public async Task Of_ten_orders_of_a_member_at_once_exactly_as_many_get_a_use_as_a_member_may()
    {
        var id = await api.Publish(api.Promotion().With("usesPerMemberMax", 2));
        var (alice, bob) = (await shared.Newcomer(), await shared.Newcomer());

        var refusals = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            Task.Run(() => api.Reserve(NewOrder(), alice, new PromotionUse(id, 500)))));

        Assert.Equal(2, refusals.Count(why => why is null));
        Assert.All(refusals.OfType<Refusal>(), why => Assert.Equal(PromotionRefusals.MemberLimit, why));
        Assert.Null(await api.Reserve(NewOrder(), bob, new PromotionUse(id, 500)));
    }

    [Fact, Rule("D31")]
    public async Task A_budget_is_never_exceeded_by_orders_that_race()
    {
        var id = await api.Publish(api.Promotion().With("budgetFen", 2_000));
        var member = await shared.Newcomer();

        var refusals = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => api.Reserve(NewOrder(), member, new PromotionUse(id, 450)))));

        Assert.Equal(4, refusals.Count(why => why is null));
        Assert.All(refusals.OfType<Refusal>(), why => Assert.Equal(PromotionRefusals.BudgetSpent, why));
        Assert.Equal((4, 1_800), await api.UsesOf(id));
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_use_back_and_never_gets_it_again()
    {
        var id = await api.Publish(api.Promotion().With("usesMax", 1).With("usesPerMemberMax", 1));
        var (member, order, use) = (await shared.Newcomer(), NewOrder(), new PromotionUse(id, 500));
        Assert.Null(await api.Reserve(order, member, use));
        Assert.Null(await api.Reserve(order, member, use)); // the same again is the same

        for (var i = 0; i < 2; i++) await api.Hear(new Message(OrderMessages.SettledUsesQueue, Settled(order, member, false, use)));

        Assert.Equal((0, 0), await api.UsesOf(id));
        Assert.Equal(PromotionRefusals.UseReleased, await api.Reserve(order, member, use));
        Assert.Null(await api.Reserve(NewOrder(), member, use));
        Assert.Equal((1, 500), await api.UsesOf(id));
    }

    [Fact]
    public async Task A_reservation_that_comes_after_its_release_is_refused()
    {
        var id = await api.Publish(api.Promotion().With("usesMax", 1));
        var (member, order, use) = (await shared.Newcomer(), NewOrder(), new PromotionUse(id, 500));

        await api.Hear(new Message(OrderMessages.SettledUsesQueue, Settled(order, member, false, use)));

        Assert.Equal(PromotionRefusals.UseReleased, await api.Reserve(order, member, use));
        Assert.Equal((0, 0), await api.UsesOf(id));
    }

    [Fact]
    public async Task A_paid_order_keeps_its_use_until_all_of_it_is_refunded()
    {
        var id = await api.Publish(api.Promotion().With("usesMax", 1));
        var (member, order, use) = (await shared.Newcomer(), NewOrder(), new PromotionUse(id, 500));
        await api.Reserve(order, member, use);

        await api.Hear(new Message(OrderMessages.SettledUsesQueue, Settled(order, member, true, use)));
        await api.Hear(new Message(OrderMessages.RefundedUsesQueue, Refunded(order, member, 1, false, use)));
        Assert.Equal((1, 500), await api.UsesOf(id));

        await api.Hear(new Message(OrderMessages.RefundedUsesQueue, Refunded(order, member, 2, true, use)));
        Assert.Equal((0, 0), await api.UsesOf(id));
    }

    [Fact]
    public async Task Uses_are_reserved_all_or_none()
    {
        var free = await api.Publish(api.Promotion().With("usesMax", 5).With("usesPerMemberMax", 5));
        var taken = await api.Publish(api.Promotion().With("usesMax", 1));
        var member = await shared.Newcomer();
        await api.Reserve(NewOrder(), member, new PromotionUse(taken, 500));

        var why = await api.Reserve(NewOrder(), member, new PromotionUse(free, 500), new PromotionUse(taken, 500));

        Assert.Equal(PromotionRefusals.UsesUp, why);
        Assert.Equal((0, 0), await api.UsesOf(free));
        for (var i = 0; i < 5; i++) Assert.Null(await api.Reserve(NewOrder(), member, new PromotionUse(free, 500)));
    }

    [Fact]
    public async Task A_free_shipping_of_the_tier_is_a_use_of_the_month()
    {
        var member = await shared.Newcomer();

        var why = await api.Reserve(NewOrder(), member, new PromotionUse("tier-shipping:202603", 800));

        Assert.Equal(PromotionRefusals.MemberLimit, why); // without a tier there are none
    }

    [Fact]
    public async Task What_a_member_uses_is_among_what_they_take_along()
    {
        var id = await api.Publish(api.Promotion().With("usesPerMemberMax", 1));
        var member = await shared.Newcomer();
        await api.Reserve(NewOrder(), member, new PromotionUse(id, 500));

        var account = (await (await member.Get("/api/me/export")).Json()).GetProperty("accounts")[0];

        Assert.Equal(id, account.GetProperty("promotionUses")[0].Text("promotionId"));
    }

    private static OrderSettledV1 Settled(string orderId, Phone member, bool isPaid, PromotionUse use) =>
        new(orderId, member.MemberId, isPaid, [], [], [], 0, [use], HandClock.Start);

    private static OrderRefundedV1 Refunded(string orderId, Phone member, int number, bool isWhole, PromotionUse use) => new(
        orderId, member.MemberId, number, 0, 0, 0, 0, 0, 0, 0, 0, [], [], [use], isWhole, false, [], HandClock.Start);
}
