using Pond.Pricing;
using Pond.Tiers;
using static Pond.Tests.Pricing.Carts;

namespace Pond.Tests.Pricing;

/// <summary>What sending costs, by example.</summary>
[Rule("PRC-07")]
public sealed class SendingCarts
{
    private static readonly FreightRates Rates = new(1_000, 800, 500, 200, null, null);

    [Theory] // 120 g each
    [InlineData(1, 800), InlineData(8, 800), InlineData(9, 1_000), InlineData(12, 1_000), InlineData(13, 1_200)]
    public void A_part_that_has_begun_counts_as_a_whole(int quantity, long fen) => Assert.Equal(fen, Freight(quantity, "33", Rates));

    [Theory]
    [InlineData("33", 800), InlineData("11", 1_800), InlineData("23", 1_800)]
    public void A_province_has_its_own_rates_or_the_usual_ones(string province, long fen) => Assert.Equal(fen, Freight(1, province, Rates));

    [Theory]
    [InlineData(2, 800), InlineData(3, 0)]
    public void From_an_amount_or_so_many_pieces_it_is_free(int quantity, long fen)
    {
        Assert.Equal(fen, Freight(quantity, "33", Rates with { FreeFromFen = 12_000 }));
        Assert.Equal(fen, Freight(quantity, "33", Rates with { FreeFromPieces = 3 }));
    }

    [Theory]
    [InlineData("71", "pricing.not_delivered"), InlineData(null, "pricing.address_needed")]
    public void Where_nothing_is_sent_there_is_no_price(string? province, string code) =>
        Assert.Equal(code, PricingRules.Price(Cart(1, province, Rates)).WhyNot?.Code);

    [Fact]
    public void A_template_that_is_not_there_is_no_free_ride() => Assert.Equal(
        "pricing.freight_missing",
        PricingRules.Price(Cart(1, "33", Rates) with { Freight = new Dictionary<string, FreightTemplate>() }).WhyNot?.Code);

    [Theory]
    [InlineData(0, true), InlineData(1, true), InlineData(2, false)]
    public void A_tier_sends_so_many_orders_of_a_month_for_nothing(int used, bool isFree)
    {
        var cart = PricingCarts.Price(Cart(1, "33", Rates) with
        {
            Tier = TierBenefits.None with { FreeShippingsPerMonth = 2 },
            ShippingsUsed = used,
        });

        Assert.Equal((800, isFree ? 800 : 0), (cart.FreightFen, cart.FreightOffFen));
        Assert.Equal(isFree ? [new PromotionUse("tier-shipping:202603", 800)] : [], cart.Uses);
    }

    [Fact]
    public void A_promotion_sends_its_own_goods_for_nothing()
    {
        var terms = Off(1, 0) with
        {
            Reduction = new FullReduction([new ReductionStep(1_000, null, 0, true, null, 0, [])], false),
            Scope = new(CategoryIds: ["green-tea"]),
        };
        var input = Cart(10, "33", Rates) with { Promotions = [On("a", terms)] };
        var puer = Shop.Single(sku => sku.SkuId == "puer-357") with { FreightTemplateId = "by-weight" };

        var cart = PricingCarts.Price(input with { Lines = [.. input.Lines, new CartLine(puer, 1)] });

        Assert.Equal((1_000, 200), (cart.FreightFen, cart.FreightOffFen)); // 1,320 g, of which 120 g are paid for
    }

    private static long Freight(int quantity, string province, FreightRates rates) =>
        PricingCarts.Price(Cart(quantity, province, rates)).FreightFen;

    private static PricingInput Cart(int quantity, string? province, FreightRates rates)
    {
        var terms = new FreightTerms(
            "江浙沪", FreightMeasure.Weight, rates, [new FreightRegion(["11", "23"], rates with { FirstFen = 1_800 })], ["71"]);
        return Plain(("longjing-50", 1)) with
        {
            Lines = [new CartLine(Shop[0], quantity)],
            Freight = new Dictionary<string, FreightTemplate> { ["by-weight"] = new("by-weight", terms, 1) },
            ProvinceCode = province,
        };
    }
}
