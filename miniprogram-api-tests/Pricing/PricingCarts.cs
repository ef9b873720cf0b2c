using Pond.Coupons;
using Pond.Pricing;
using Pond.Products;
using Pond.Tests.Coupons;
using static Pond.Tests.Pricing.Carts;

namespace Pond.Tests.Pricing;

/// <summary>Prices of plain carts, by example.</summary>
public sealed class PricingCarts
{
    private static readonly GoodsScope GreenTea = new(CategoryIds: ["green-tea"]);
    private static readonly GoodsScope DarkTea = new(CategoryIds: ["dark-tea"]);

    [Theory, Rule("D12")]
    [InlineData(1_000_000, 10_000, false, 7_999)] // all but a fen
    [InlineData(1_000_000, 10_000, true, 8_000)]
    [InlineData(1_000_000, 2_500, false, 2_000)]
    [InlineData(300, 10_000, false, 300)]
    public void More_points_than_the_price_are_capped_and_a_fen_is_left(long points, int shareBp, bool zero, long offFen)
    {
        var cart = Price(Plain(("longjing-50", 2)) with
        {
            PointsWanted = points,
            PointsLeft = points,
            Terms = Usual with { PointsShareMaxBp = shareBp, IsZeroPayAllowed = zero },
        });

        Assert.Equal((offFen, 8_000 - offFen), (cart.UsedPoints, cart.PayableFen()));
    }

    [Fact, Rule("D13")]
    public void Two_reductions_of_different_goods_both_apply()
    {
        var cart = Price(Plain(("longjing-50", 1), ("puer-357", 1)) with
        {
            Promotions = [On("a", Off(3_000, 500, GreenTea)), On("b", Off(50_000, 8_000, DarkTea))],
        });

        Assert.Equal([500, 8_000], cart.Lines.Select(line => line.PromotionOffFen));
        Assert.All(cart.Explain, one => Assert.Null(one.Code));
    }

    [Fact, Rule("D13")]
    public void Steps_count_whatever_order_they_are_written_in()
    {
        ReductionStep[] steps = [Step(8_000, 1_000), Step(4_000, 300), Step(20_000, 5_000), Step(6_000, 600)];
        var terms = Off(1, 1) with { Reduction = new FullReduction(steps, false) };

        Assert.Equal(1_000, Price(Plain(("longjing-50", 2)) with { Promotions = [On("a", terms)] }).Lines[0].PromotionOffFen);
        Assert.Equal(300, Price(Plain(("longjing-50", 1)) with { Promotions = [On("a", terms)] }).Lines[0].PromotionOffFen);
    }

    [Theory, Rule("FUL-02")]
    [InlineData(2, 0), InlineData(3, 1_000), InlineData(7, 2_000), InlineData(9, 3_000)]
    public void A_reduction_for_every_so_much_counts_as_often_as_it_fits(int quantity, long offFen)
    {
        var terms = Off(12_000, 1_000) with { Reduction = new FullReduction([Step(12_000, 1_000)], IsEvery: true) };

        var cart = Price(Plain(("longjing-50", quantity)) with { Promotions = [On("a", terms)] });

        Assert.Equal(offFen, cart.Lines[0].PromotionOffFen);
    }

    [Theory, Rule("D31")]
    [InlineData(6, true, 2), InlineData(6, false, 1)] // four bought, two with them; or one
    [InlineData(5, true, 1), InlineData(3, false, 1), InlineData(2, true, 0)]
    public void Who_buys_four_on_two_plus_one_gets_two_where_it_repeats(int pieces, bool repeats, int free)
    {
        var terms = Of(PromotionKind.Bundle, GoodsScope.All) with { Bundle = new Bundle(2, 1, repeats) };

        var cart = Price(Plain(("longjing-50", pieces)) with { Promotions = [On("a", terms)] });

        Assert.Equal((pieces - free) * 4_000, cart.PayableFen());
    }

    [Fact, Rule("FUL-04")]
    public void The_second_at_half_price_is_the_cheaper_one()
    {
        var terms = Of(PromotionKind.NthItem, GoodsScope.All) with { Nth = new NthItem(2, 5_000, false) };

        var cart = Price(Plain(("longjing-50", 1), ("longjing-9", 1)) with { Promotions = [On("a", terms)] });

        Assert.Equal([0, 500], cart.Lines.Select(line => line.PromotionOffFen)); // half of 9.99, half up
    }

    [Theory, Rule("D31")]
    [InlineData(-1, false), InlineData(0, true), InlineData(3_599, true), InlineData(3_600, false)]
    public void A_promotion_counts_from_its_start_to_just_before_its_end(int secondsIn, bool counts)
    {
        var terms = Off(1_000, 100) with { StartsAt = Now.AddSeconds(-secondsIn), EndsAt = Now.AddSeconds(3_600 - secondsIn) };

        var cart = Price(Plain(("longjing-50", 1)) with { Promotions = [On("a", terms)] });

        Assert.Equal(counts ? 100 : 0, cart.Lines[0].PromotionOffFen);
    }

    [Theory, Rule("PRC-02")]
    [InlineData(3_900, 3_800), InlineData(3_700, 3_700), InlineData(3_800, 3_800)]
    public void A_limited_time_price_and_a_tier_s_never_come_together(long limitedFen, long priceFen)
    {
        var terms = Of(PromotionKind.LimitedTimePrice, GoodsScope.All) with { Price = new LimitedTimePrice(null, limitedFen) };

        var cart = Price(Plain(("longjing-50", 1)) with { Promotions = [On("a", terms)], Tier = Gold });

        Assert.Equal(priceFen, cart.PayableFen());
        Assert.Equal(limitedFen < 3_800, cart.Explain.Single(one => one.Id == "a").Code is null); // of equals the tier's
    }

    [Theory, Rule("D30")]
    [InlineData(4_000), InlineData(5_000)]
    public void A_limited_promotion_that_would_save_nothing_is_not_used(long limitedFen)
    {
        var terms = Of(PromotionKind.LimitedTimePrice, GoodsScope.All) with
        {
            Price = new LimitedTimePrice(null, limitedFen),
            Limits = new UseLimits(1, 1, null),
        };
        var ships = Off(1, 0) with
        {
            Reduction = new FullReduction([Step(1_000, 0) with { IsFreeShipping = true }], false),
            Limits = new UseLimits(1, null, null),
        };

        var cart = Price(Plain(("longjing-50", 1)) with { Promotions = [On("a", terms), On("b", ships)] });

        Assert.Empty(cart.Uses);
        Assert.Equal("promotion.no_benefit", cart.Explain.Single(one => one.Id == "b").Code);
    }

    [Theory, Rule("PRC-03")]
    [InlineData(9_000, "exclusive"), InlineData(300, "plain"), InlineData(1_100, "exclusive")] // of equals the higher priority
    public void An_exclusive_promotion_counts_alone_or_not_at_all(long exclusiveOffFen, string winner)
    {
        var exclusive = Off(1_000, exclusiveOffFen) with { Stacking = new Stacking("e", 5, true, []) };
        var cart = Price(Plain(("longjing-50", 3)) with
        {
            Promotions = [On("exclusive", exclusive), On("plain", Off(1_000, 600))],
            Wallet = [Coupon(500)],
        });

        Assert.Equal(winner == "exclusive" ? 0 : 1, cart.CouponIds.Count);
        Assert.Equal(12_000 - Math.Max(exclusiveOffFen, 1_100), cart.PayableFen());
        Assert.Equal([winner], cart.Explain.Where(one => one.Code is null && one.Id.Length > 4).Select(one => one.Id));
    }

    [Fact, Rule("PRC-03")]
    public void Of_equal_promotions_the_higher_priority_is_taken_and_then_the_earlier_id()
    {
        var (low, high) = (Off(1_000, 100), Off(1_000, 100) with { Stacking = new Stacking("x", 9, false, []) });

        Assert.Equal("c", Taken(On("a", low), On("b", low), On("c", high)));
        Assert.Equal("a", Taken(On("b", low), On("a", low)));

        static string Taken(params PromotionStanding[] promotions) =>
            Price(Plain(("longjing-50", 1)) with { Promotions = promotions }).Explain.Single(one => one.Code is null).Id;
    }

    [Fact, Rule("PRC-02")]
    public void A_gift_coupon_brings_a_line_that_costs_nothing()
    {
        var coupon = Coupon(1, new Discount(DiscountKind.Gift, null, null, null, GiftSkuId: GiftCup.SkuId));

        var cart = Price(Plain(("longjing-50", 1)) with { Wallet = [coupon] });

        Assert.Equal((2, GiftCup.SkuId, 1, 0, true), (cart.Lines[1].Number, cart.Lines[1].SkuId, cart.Lines[1].Quantity, cart.Lines[1].PayFen(), cart.Lines[1].IsGift));
        Assert.Equal(4_000, cart.PayableFen());
    }

    [Fact, Rule("FUL-03")]
    public void What_a_step_brings_holds_as_far_as_the_goods_that_are_kept()
    {
        var terms = Off(1, 0) with
        {
            Reduction = new FullReduction(
                [Step(8_000, 0) with { Points = 100, CouponTemplateIds = ["t", "u"], GiftSkuId = GiftCup.SkuId }, Step(4_000, 0) with { Points = 30, CouponTemplateIds = ["t"] }],
                false),
        };
        var cart = Price(Plain(("longjing-50", 2)) with { Promotions = [On("a", terms)] });
        var gift = Assert.Single(cart.Gifts);

        Assert.Equal((100, "t u"), Held(2));
        Assert.Equal((30, "t"), Held(1));
        Assert.Equal((0, ""), Held(0));
        Assert.True(cart.Lines[^1].IsGift);

        (long, string) Held(int kept)
        {
            var (points, ids) = Pond.Pricing.GiftRules.Held(gift, cart.Lines, line => line.IsGift ? 1 : kept);
            return (points, string.Join(' ', ids));
        }
    }

    internal static PricedCart Price(PricingInput input)
    {
        var (cart, whyNot) = PricingRules.Price(input);
        Assert.Null(whyNot);
        return cart!;
    }

    private static ReductionStep Step(long leastFen, long offFen) => new(leastFen, null, offFen, false, null, 0, []);

    private static Coupon Coupon(long offFen, Discount? discount = null) => new(
        "1", CouponHistory.Template(1, 1, 1).Terms with { Discount = discount ?? new Discount(DiscountKind.AmountOff, offFen, null, null), ThresholdFen = 0 },
        CouponState.Issued, Now, Now.AddDays(1));
}
