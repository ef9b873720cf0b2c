using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Platform;
using Pond.Pricing;

namespace Pond.Tests.Pricing;

/// <summary>What holds of every price, whatever comes together in a cart.</summary>
public sealed class PricingProperties
{
    private const int CartsMin = 10_000;

    [Fact, Rule("PRC-04"), Rule("D34")]
    public void Lines_add_up_to_the_fen_and_nothing_is_ever_below_nothing() => Holds((input, cart) =>
    {
        var goods = cart.Lines.Where(line => !line.IsGift).ToArray();
        var offFen = goods.Sum(line => ((line.ListPriceFen - line.PriceFen) * line.Quantity)
            + line.PromotionOffFen + line.CouponOffFen + line.PointsOffFen);
        Assert.All(cart.Lines, line => Assert.True(
            line is { PriceFen: >= 0, PromotionOffFen: >= 0, CouponOffFen: >= 0, PointsOffFen: >= 0, UsedPoints: >= 0 }
            && line.PayFen() >= 0 && line.PriceFen <= line.ListPriceFen));
        Assert.Equal(Enumerable.Range(1, cart.Lines.Count), cart.Lines.Select(line => line.Number));
        Assert.Equal(input.Lines.Sum(line => line.Sku.PriceFen * line.Quantity), cart.ListFen());
        Assert.Equal(cart.ListFen() - offFen + cart.FreightFen - cart.FreightOffFen, cart.PayableFen());
        Assert.Equal(cart.Lines.Sum(line => line.UsedPoints), cart.UsedPoints);
        Assert.InRange(cart.FreightOffFen, 0, cart.FreightFen);
        Assert.True(cart.PayableFen() >= 0);
        Assert.All(cart.Lines.Except(goods), gift => Assert.Equal((0, 0), (gift.ListPriceFen, gift.PayFen())));
    }, CartsMin);

    [Fact, Rule("PRC-03")]
    public void The_same_cart_has_the_same_price_in_whatever_order_its_promotions_and_coupons_come() => Holds((input, cart) =>
    {
        var (again, _) = PricingRules.Price(input);
        var (turned, _) = PricingRules.Price(input with
        {
            Promotions = [.. input.Promotions.Reverse()],
            Wallet = [.. input.Wallet.Reverse()],
        });

        Assert.Equal(Stored.Write(cart), Stored.Write(again!));
        Assert.Equal(Stored.Write(cart), Stored.Write(turned!));
    });

    [Fact, Rule("PRC-02")]
    public void A_piece_costs_the_least_of_list_tier_and_limited_time_price_and_never_two_of_them() => Holds((input, cart) =>
        Assert.All(cart.Lines.Where(line => !line.IsGift), line =>
        {
            var sku = input.Lines[line.Number - 1].Sku;
            long[] prices =
            [
                sku.PriceFen, TierPrice(sku.PriceFen, input.Tier.DiscountBp),
                .. input.Promotions.Where(one => one.Promotion.Terms.Price is not null).Select(one => BasePriceRules.PriceOf(one, sku)),
            ];
            Assert.Contains(line.PriceFen, prices);
            Assert.True(line.PriceFen <= prices[1]);
        }));

    [Fact, Rule("PRC-02")]
    public void Coupons_are_one_for_goods_and_one_for_freight_and_each_does_something() => Holds((input, cart) =>
    {
        var used = input.Wallet.Where(coupon => cart.CouponIds.Contains(coupon.Id)).ToArray();
        Assert.Equal(cart.CouponIds.Count, used.Length);
        Assert.True(used.Count(CartCouponRules.IsForFreight) <= 1 && used.Count(coupon => !CartCouponRules.IsForFreight(coupon)) <= 1);
        if (input.AreCouponsGiven) Assert.Equal(input.Wallet.Count, used.Length);
        Assert.All(used, coupon => Assert.True(
            cart.Explain.Single(one => one.Id == coupon.Id).SavedFen > 0 || coupon.Terms.Discount.GiftSkuId is not null));
    });

    [Fact, Rule("PRC-02")]
    public void Points_pay_no_more_than_the_settings_say_and_than_there_are() => Holds((input, cart) =>
    {
        var (terms, offFen) = (input.Terms, cart.Lines.Sum(line => line.PointsOffFen));
        Assert.Equal(offFen * terms.PointsPerFen, cart.UsedPoints);
        Assert.True(cart.UsedPoints <= Math.Min(input.PointsWanted, input.PointsLeft));
        Assert.True(terms.PointsMax == 0 || cart.UsedPoints <= terms.PointsMax);
        Assert.True(offFen * 10_000 <= (cart.GoodsPayFen() + offFen) * terms.PointsShareMaxBp);
        Assert.True(offFen == 0 || terms.IsZeroPayAllowed || cart.PayableFen() > 0);
    });

    [Fact, Rule("PRC-06")]
    public void Every_promotion_and_coupon_says_what_it_did_or_why_it_did_nothing() => Holds((input, cart) =>
    {
        var goods = input.Promotions.Where(one => PricingRules.WhyNot(one, input) != PromotionRefusals.NoGoods)
            .Select(one => one.Promotion.Id);
        var others = new[] { ExplainRules.TierId, PricingRules.ShippingUse(input.Now) };
        Assert.Equal(
            goods.Concat(input.Wallet.Select(coupon => coupon.Id)).Order(StringComparer.Ordinal),
            cart.Explain.Select(one => one.Id).Except(others).Order(StringComparer.Ordinal));
        Assert.All(cart.Explain, one => Assert.True(one.Text.EndsWith('。') && (one.Code is null || one.SavedFen == 0)));
        var promotions = input.Promotions.Select(one => one.Promotion.Id).Append(ExplainRules.TierId).ToHashSet();
        Assert.Equal(
            cart.Lines.Sum(line => ((line.ListPriceFen - line.PriceFen) * line.Quantity) + line.PromotionOffFen),
            cart.Explain.Where(one => promotions.Contains(one.Id)).Sum(one => one.SavedFen));
    });

    [Fact, Rule("D30")]
    public void Exactly_the_limited_promotions_that_do_something_are_used_and_within_their_limits() => Holds((input, cart) =>
    {
        var counting = cart.Explain.Where(one => one.Code is null).ToDictionary(one => one.Id);
        var limited = input.Promotions.Where(one => one.Promotion.Terms.Limits.IsLimited && counting.ContainsKey(one.Promotion.Id)).ToArray();
        Assert.Equal(
            limited.Select(one => (one.Promotion.Id, counting[one.Promotion.Id].SavedFen)).Order(),
            cart.Uses.Where(use => !PricingRules.IsShippingUse(use.PromotionId)).Select(use => (use.PromotionId, use.SavedFen)).Order());
        Assert.All(limited, one =>
        {
            var limits = one.Promotion.Terms.Limits;
            Assert.True(!(one.Uses >= limits.UsesMax) && !(one.MemberUses >= limits.UsesPerMemberMax));
            Assert.True(!(one.SpentFen + counting[one.Promotion.Id].SavedFen > limits.BudgetFen));
            Assert.True(DoesSomething(one, counting[one.Promotion.Id].SavedFen));
        });
    });

    [Fact, Rule("FUL-03")]
    public void All_that_is_given_holds_while_all_is_kept_and_never_more_when_less_is() => Holds((_, cart) =>
        Assert.All(cart.Gifts, gift =>
        {
            var given = Pond.Pricing.GiftRules.Held(gift, cart.Lines, line => line.Quantity);
            var half = Pond.Pricing.GiftRules.Held(gift, cart.Lines, line => line.Quantity / 2);
            Assert.Equal((gift.Steps[^1].Points, gift.Steps[^1].CouponTemplateIds.Count), (given.Points, given.CouponTemplateIds.Count));
            Assert.True(half.Points <= given.Points && half.CouponTemplateIds.Count <= given.CouponTemplateIds.Count);
            Assert.Equal((0, 0), (Pond.Pricing.GiftRules.Held(gift, cart.Lines, _ => 0).Points, Pond.Pricing.GiftRules.Held(gift, cart.Lines, _ => 0).CouponTemplateIds.Count));
        }));

    private static long TierPrice(long fen, int bp) => fen - ((fen * bp + 5_000) / 10_000);

    // A gift that is gone is no reason to refuse the step that would have brought it.
    private static bool DoesSomething(PromotionStanding one, long savedFen) =>
        savedFen > 0 || one.Promotion.Terms.Reduction?.Steps.Any(step =>
            step.IsFreeShipping || step.GiftSkuId is not null || step.Points > 0 || step.CouponTemplateIds.Count > 0) == true;

    private static void Holds(Action<PricingInput, PricedCart> isRight, int carts = 2_000) => Prop.ForAll(Carts.Any.ToArbitrary(), input =>
    {
        var (cart, whyNot) = PricingRules.Price(input);
        if (cart is not null) isRight(input, cart);
        else Assert.True(input.AreCouponsGiven && whyNot is not null); // nothing else can be wrong with these carts
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(carts));
}
