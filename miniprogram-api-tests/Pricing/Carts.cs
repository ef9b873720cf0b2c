using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Pricing;
using Pond.Products;
using Pond.Tests.Coupons;
using Pond.Tiers;

namespace Pond.Tests.Pricing;

/// <summary>Carts with promotions, coupons, points, tiers and freight of any kind.</summary>
internal static class Carts
{
    public static readonly DateTimeOffset Now = HandClock.Start;

    /// <summary>A tea shop: six variants of four products in three categories.</summary>
    public static readonly IReadOnlyList<Sku> Shop =
    [
        Tea("longjing-50", "longjing", "green-tea", 4_000, "by-weight"), Tea("longjing-9", "longjing", "green-tea", 999, null),
        Tea("biluochun", "biluochun", "green-tea", 13_337, "by-piece"), Tea("puer-1", "puer", "dark-tea", 1, "by-piece"),
        Tea("puer-357", "puer", "dark-tea", 88_888, "by-weight"), Tea("teapot", "teapot", "ware", 25_900, "by-volume"),
    ];

    public static readonly Sku GiftCup = Tea("gift-cup", "gift-cup", "ware", 1_900, null);

    public static readonly PricingTerms Usual = new(1, 1, 1, 5_000, 0, IsZeroPayAllowed: false);

    public static readonly TierBenefits Gold = TierBenefits.None with { Code = "gold", Name = "金卡", Rank = 10, DiscountBp = 500 };

    private static readonly string[] Groups = ["a", "b", "c"];
    private static readonly string[] Ids = [.. Shop.SelectMany(sku => new[] { sku.SkuId, sku.SpuId, sku.CategoryId }).Distinct()];

    public static Gen<GoodsScope> Scope => Gen.Frequency(
        (2, Gen.Constant(GoodsScope.All)),
        (3, Few(Shop.Select(sku => sku.CategoryId)).SelectMany(categories =>
            Few(Ids).Select(excluded => new GoodsScope(categories, null, null, excluded)))),
        (2, Few(Shop.Select(sku => sku.SpuId)).Select(ids => new GoodsScope(SpuIds: ids))),
        (3, Few(Shop.Select(sku => sku.SkuId)).Select(ids => new GoodsScope(SkuIds: ids))));

    private static Gen<Stacking> Stackings =>
        from @group in Gen.Elements(Groups)
        from priority in Gen.Choose(0, 3)
        from exclusive in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from with in Few([.. Groups, Stacking.Coupons])
        select new Stacking(@group, priority, exclusive, with ?? []);

    private static Gen<ReductionStep> Step(bool byPieces) =>
        from least in Gen.Choose(1, byPieces ? 12 : 60_000)
        from off in Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Choose(1, 90_000)))
        from ships in Gen.Elements(true, false, false)
        from gift in Gen.Elements(null, null, GiftCup.SkuId, "gone")
        from points in Gen.Elements(0L, 0L, 50L)
        from coupons in Gen.Choose(0, 2)
        select new ReductionStep(
            byPieces ? null : least, byPieces ? least : null, off, ships, gift, points,
            [.. Enumerable.Repeat("template", coupons)]);

    /// <summary>A reduction with steps in any order, whether or not marketing could have written it.</summary>
    public static Gen<FullReduction> Reduction =>
        from byPieces in Gen.Elements(true, false)
        from steps in Step(byPieces).NonEmptyListOf()
        from isEvery in Gen.Elements(true, false)
        select new FullReduction([.. steps.DistinctBy(step => step.Least()).Take(5)], isEvery);

    private static Gen<PromotionTerms> Terms =>
        from kind in Gen.Elements(Enum.GetValues<PromotionKind>())
        from scope in Scope
        from stacking in Stackings
        from newOnly in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from rank in Gen.Elements<int?>(null, null, null, 5, 20)
        from usesMax in Gen.Elements<int?>(null, null, 3)
        from perMember in Gen.Elements<int?>(null, null, 2)
        from budget in Gen.Elements<long?>(null, null, null, 20_000)
        from priceFen in Gen.Choose(1, 30_000)
        from offBp in Gen.Choose(1, 9_900)
        from reduction in Reduction
        from count in Gen.Choose(2, 4)
        from free in Gen.Choose(1, 2)
        from repeated in Gen.Elements(true, false)
        select Of(kind, scope) with
        {
            Stacking = stacking,
            Audience = new PromotionAudience(newOnly, rank),
            Limits = new UseLimits(usesMax, perMember, budget),
            Price = kind is not PromotionKind.LimitedTimePrice ? null
                : repeated ? new LimitedTimePrice(offBp, null) : new LimitedTimePrice(null, priceFen),
            Reduction = kind is PromotionKind.FullReduction ? reduction : null,
            Nth = kind is PromotionKind.NthItem ? new NthItem(count, offBp, repeated) : null,
            Bundle = kind is PromotionKind.Bundle ? new Bundle(count, free, repeated) : null,
        };

    public static Gen<PromotionStanding[]> Promotions => Gen.Choose(0, 7).SelectMany(count => (
        from terms in Terms
        from state in Gen.Frequency((9, Gen.Constant(PromotionState.Published)), (1, Gen.Constant(PromotionState.Paused)))
        from uses in Gen.Choose(0, 4)
        from spent in Gen.Choose(0, 21_000)
        from mine in Gen.Choose(0, 2)
        select new PromotionStanding(new PricePromotion("", terms, state, 1), uses, spent, mine)).ArrayOf(count))
        .Select(all => all.Select((one, i) => one with
        {
            Promotion = one.Promotion with { Id = $"promotion-{i}" },
        }).ToArray());

    public static Gen<CartLine[]> Lines => Gen.SubListOf(Shop.ToArray()).Where(skus => skus.Count > 0).SelectMany(skus =>
        Gen.Frequency((5, Gen.Choose(1, 4)), (1, Gen.Choose(5, 999))).ArrayOf(skus.Count)
            .Select(quantities => skus.Zip(quantities, (sku, quantity) => new CartLine(sku, quantity)).ToArray()));

    public static Gen<FreightTemplate> Freight(string id, FreightMeasure measure) =>
        from first in Rates
        from north in Rates
        select new FreightTemplate(id, new FreightTerms(id, measure, first, [new FreightRegion(["11", "23"], north)], ["71"]), 1);

    private static Gen<FreightRates> Rates =>
        from firstUnits in Gen.Choose(1, 500)
        from firstFen in Gen.Choose(0, 2_000)
        from moreUnits in Gen.Choose(1, 500)
        from moreFen in Gen.Choose(0, 500)
        from freeFen in Gen.Elements<long?>(null, 9_900, 50_000)
        from freePieces in Gen.Elements<int?>(null, null, 4)
        select new FreightRates(firstUnits, firstFen, moreUnits, moreFen, freeFen, freePieces);

    public static Gen<PricingInput> Any =>
        from lines in Lines
        from promotions in Promotions
        from coupons in Coupons.ListOf()
        from given in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from wanted in Gen.Elements(0L, 1L, 777L, 5_000L, 1_000_000_000L)
        from left in Gen.Elements(0L, 500L, 40_000L, 9_000_000L)
        from tier in Gen.Elements(TierBenefits.None, Gold, Gold with { FreeShippingsPerMonth = 2, DiscountBp = 3_333 })
        from shippings in Gen.Choose(0, 2)
        from weight in Freight("by-weight", FreightMeasure.Weight)
        from piece in Freight("by-piece", FreightMeasure.Pieces)
        from volume in Freight("by-volume", FreightMeasure.Volume)
        from province in Gen.Elements("11", "33", "44")
        from days in Gen.Elements(1, 100)
        from terms in Gen.Elements(
            Usual, Usual with { PointsPerFen = 3, PointsMax = 1_000 },
            Usual with { PointsShareMaxBp = 10_000 }, Usual with { PointsShareMaxBp = 10_000, IsZeroPayAllowed = true })
        select new PricingInput(
            lines, new Dictionary<string, Sku> { [GiftCup.SkuId] = GiftCup }, promotions,
            [.. coupons.DistinctBy(coupon => coupon.Id).Take(given ? 2 : 6)], given, wanted, left, tier, shippings,
            new[] { weight, piece, volume }.ToDictionary(one => one.Id), province, Now.AddDays(-days), Now, terms);

    private static Gen<Coupon> Coupons =>
        from coupon in AdviceProperties.AnyCoupon
        from scope in Scope
        from gift in Gen.Elements(GiftCup.SkuId, "gone")
        select coupon with
        {
            Terms = coupon.Terms with
            {
                Scope = new CouponScope(scope.CategoryIds, scope.SpuIds, scope.SkuIds, scope.ExcludedIds),
                Discount = coupon.Terms.Discount with
                {
                    GiftSkuId = coupon.Terms.Discount.Kind is DiscountKind.Gift ? gift : null,
                },
            },
        };

    /// <summary>A cart of plain goods, without anything that changes their price.</summary>
    public static PricingInput Plain(params (string SkuId, int Quantity)[] lines) => new(
        [.. lines.Select(line => new CartLine(Shop.Single(sku => sku.SkuId == line.SkuId) with { FreightTemplateId = null }, line.Quantity))],
        new Dictionary<string, Sku> { [GiftCup.SkuId] = GiftCup }, [], [], false, 0, 0, TierBenefits.None, 0,
        new Dictionary<string, FreightTemplate>(), null, Now.AddDays(-100), Now, Usual);

    /// <summary>A promotion that is on for a day around the present.</summary>
    public static PromotionStanding On(string id, PromotionTerms terms) =>
        new(new PricePromotion(id, terms, PromotionState.Published, 1));

    public static PromotionTerms Of(PromotionKind kind, GoodsScope scope) => new(
        $"活动{kind}", kind, scope, Now.AddHours(-12), Now.AddHours(12), new PromotionAudience(false, null),
        new Stacking("default", 0, false, []), UseLimits.None);

    public static PromotionTerms Off(long leastFen, long offFen, GoodsScope? scope = null) =>
        Of(PromotionKind.FullReduction, scope ?? GoodsScope.All) with
        {
            Reduction = new FullReduction([new ReductionStep(leastFen, null, offFen, false, null, 0, [])], false),
        };

    private static Gen<IReadOnlyList<string>?> Few(IEnumerable<string> ids) => Gen.Frequency(
        (1, Gen.Constant<IReadOnlyList<string>?>(null)),
        (3, Gen.SubListOf(ids.Distinct().ToArray()).Where(list => list.Count > 0).Select(list => (IReadOnlyList<string>?)[.. list])));

    private static Sku Tea(string skuId, string spuId, string categoryId, long priceFen, string? freight) => new(
        skuId, spuId, categoryId, skuId, priceFen, 1, true, null, 120, 900, freight, 1, null, 1);
}
