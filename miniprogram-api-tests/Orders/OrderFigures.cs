using System.Text;
using Pond.Orders;
using Pond.Pricing;

namespace Pond.Tests.Orders;

/// <summary>What a paid order brings, and how it is numbered and described.</summary>
public sealed class OrderFigures
{
    [Fact]
    [Rule("ORD-04")]
    public void An_order_brings_points_and_growth_for_the_money_paid_for_goods()
    {
        var rewards = RewardRules.Of(OrderSamples.Placing(payableFen: 3_650), HandClock.Start);

        Assert.Equal((54, 36, 0), (rewards.Points, rewards.Growth, rewards.GiftPoints)); // ¥36.5 × 1.5, rounded down
    }

    [Theory]
    [InlineData(1_700, 0, "")]
    [InlineData(1_750, 10, "a")]
    [InlineData(2_000, 30, "a b b")]
    [Rule("ORD-04")]
    public void The_highest_step_that_the_goods_reach_brings_its_gifts_and_no_other_does(
        long priceFen, long points, string templates)
    {
        var gift = new PromotionGift(
            "promotion-1", [1],
            [new GiftStep(3_500, null, 10, ["a"]), new GiftStep(4_000, null, 30, ["a", "b", "b"])]);
        var cart = OrderSamples.Cart(payableFen: 100, gift) with
        {
            Lines = [OrderSamples.Line(1, quantity: 2) with { PriceFen = priceFen }],
        };

        var rewards = RewardRules.Of(OrderSamples.Placing() with { Cart = cart }, HandClock.Start);

        Assert.Equal((points, templates), (rewards.GiftPoints, string.Join(' ', rewards.CouponTemplateIds)));
    }

    [Theory, InlineData(2, 5), InlineData(3, 0)]
    public void A_step_may_count_pieces(int leastPieces, long points)
    {
        var gift = new PromotionGift("promotion-1", [1], [new GiftStep(null, leastPieces, 5, [])]);

        var rewards = RewardRules.Of(
            OrderSamples.Placing() with { Cart = OrderSamples.Cart(1_000, gift) }, HandClock.Start);

        Assert.Equal(points, rewards.GiftPoints);
    }

    [Fact]
    public void Messages_that_would_carry_nothing_are_not_sent()
    {
        var cart = OrderSamples.Cart(0) with { UsedPoints = 0, CouponIds = [], Uses = [] };
        var order = OrderSamples.Placing() with { Cart = cart, Wanted = [], State = OrderState.AwaitingPayment };
        var cancelled = OrderRules.TimeOut(new OrderDesk(null, order), order.PayBy).Facts.Single();

        Assert.Empty(OrderMessages.Rewards(RewardRules.Of(order, HandClock.Start)));
        var message = Assert.Single(OrderRows.Of(order.MemberId, order.Id).Announce!(cancelled));
        Assert.Equal(OrderMessages.MovedQueue, message.Queue);
    }

    [Fact]
    public void Newer_orders_sort_first_and_their_ids_are_ids()
    {
        var (older, newer) = (
            OrderIds.Of(HandClock.Start, Platform.Ids.From("a")),
            OrderIds.Of(HandClock.Start.AddSeconds(1), Platform.Ids.From("b")));

        Assert.True(string.CompareOrdinal(newer, older) < 0);
        Assert.True(Platform.Ids.IsId(newer));
    }

    [Theory]
    [InlineData(1, 10, "茶茶茶茶茶茶茶茶茶茶")]
    [InlineData(3, 2, "茶茶 等3件")]
    public void The_payer_reads_the_first_thing_and_how_many_there_are(int quantity, int chars, string text) =>
        Assert.Equal(text, OrderTexts.Description(CartOf(quantity, new string('茶', chars))));

    [Fact]
    public void A_long_title_is_cut_to_what_WeChat_takes_and_no_character_is_cut_in_two()
    {
        var text = OrderTexts.Description(CartOf(12, string.Concat(Enumerable.Repeat("🍵", 100))));

        Assert.InRange(
            Encoding.UTF8.GetByteCount(text), OrderTexts.DescriptionBytesMax - 3, OrderTexts.DescriptionBytesMax);
        Assert.EndsWith("🍵 等12件", text, StringComparison.Ordinal);
    }

    private static PricedCart CartOf(int quantity, string title) =>
        OrderSamples.Cart(0) with { Lines = [OrderSamples.Line(1, quantity) with { Title = title }] };
}
