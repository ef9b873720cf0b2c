using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;

namespace Pond.Tests.Coupons;

/// <summary>What coupons are worth for baskets of any kind.</summary>
[Rule("CPN-05")]
public sealed class AdviceProperties
{
    private static readonly string[] Names = ["tea-0", "tea-1", "tea-2", "tea-3"];

    private static readonly Gen<long?> Fen = Gen.Choose(1, 20_000).Select(fen => (long?)fen);

    private static readonly Gen<IReadOnlyList<string>?> Ids = Gen.OneOf(
        Gen.Constant<IReadOnlyList<string>?>(null),
        Gen.SubListOf(Names).Where(list => list.Count > 0).Select(list => (IReadOnlyList<string>?)[.. list]));

    private static readonly Gen<Discount> AnyDiscount = Gen.OneOf(
        Fen.Select(off => new Discount(DiscountKind.AmountOff, off, null, null)),
        from bp in Gen.Choose(1, TemplateRules.OffBpMax)
        from cap in Gen.OneOf(Fen, Gen.Constant((long?)null))
        select new Discount(DiscountKind.PercentOff, null, bp, cap),
        from every in Gen.Choose(1, 10_000)
        from off in Gen.Choose(1, every)
        from cap in Gen.OneOf(Fen, Gen.Constant((long?)null))
        select new Discount(DiscountKind.EveryOff, off, null, cap, every),
        Fen.Select(price => new Discount(DiscountKind.FixedPrice, null, null, null, PriceFen: price)),
        Gen.OneOf(Fen, Gen.Constant((long?)null))
            .Select(cap => new Discount(DiscountKind.FreeShipping, null, null, cap)),
        Gen.Constant(new Discount(DiscountKind.Gift, null, null, null, GiftSkuId: "gift")),
        Gen.Constant(new Discount(DiscountKind.Exchange, null, null, null)));

    internal static readonly Gen<Coupon> AnyCoupon =
        from discount in AnyDiscount
        from threshold in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 30_000))
        from categories in Ids
        from skus in Ids
        from excluded in Ids
        from state in Gen.Frequency((6, Gen.Constant(CouponState.Issued)), (1, Gen.Elements(Enum.GetValues<CouponState>())))
        from id in Gen.Choose(0, 1_000_000)
        select new Coupon(
            $"{id}",
            CouponHistory.Template(1, 1, 1).Terms with
            {
                Discount = discount,
                ThresholdFen = threshold,
                Scope = new CouponScope(CategoryIds: categories, SkuIds: skus, ExcludedIds: excluded),
            },
            state,
            HandClock.Start,
            HandClock.Start.AddDays(1 + (id % 3)));

    private static readonly Gen<Basket> AnyBasket =
        from lines in (
            from sku in Gen.Elements(Names)
            from category in Gen.Elements(Names)
            from price in Gen.Choose(0, 20_000)
            from quantity in Gen.Choose(1, 5)
            select new BasketLine(sku, "tea-spu", category, price, quantity)).NonEmptyListOf()
        from freight in Gen.Choose(0, 2_000)
        select new Basket([.. lines], freight);

    [Fact]
    public void Nothing_is_ever_paid_out() => Holds((fit, basket, covered) =>
        fit.DiscountFen >= 0 && fit.FreightOffFen >= 0
        && fit.DiscountFen <= DiscountRules.Sum(covered).Value && fit.FreightOffFen <= basket.FreightFen);

    [Fact]
    public void A_usable_coupon_has_a_benefit_and_any_other_a_reason_and_none() => Holds((fit, _, _) =>
        fit.WhyNot is null
            ? fit.SavedFen() > 0 || fit.Coupon.Terms.Discount.Kind is DiscountKind.Gift
            : fit.SavedFen() == 0);

    [Fact]
    public void A_share_is_rounded_half_up_and_then_capped() => Holds((fit, _, covered) =>
        fit.WhyNot is not null || fit.Coupon.Terms.Discount is not { Kind: DiscountKind.PercentOff } share
        || fit.DiscountFen == Math.Min(
            share.CapFen ?? long.MaxValue, ((DiscountRules.Sum(covered).Value * share.OffBp!.Value) + 5_000) / 10_000));

    [Fact]
    public void What_is_missing_is_exactly_what_makes_the_coupon_fit() => Prop.ForAll(
        AnyCoupon.ToArbitrary(),
        AnyBasket.ToArbitrary(),
        (coupon, basket) =>
        {
            var fit = Fit(coupon, basket);
            if (fit.ShortFen == 0) return fit.WhyNot?.Code != CouponRefusals.BelowThreshold.Code;
            var covered = basket.Lines.First(coupon.Terms.Scope!.Covers);
            return CodeWith(fit.ShortFen) != CouponRefusals.BelowThreshold.Code
                && CodeWith(fit.ShortFen - 1) == CouponRefusals.BelowThreshold.Code;

            string? CodeWith(long moreFen) => Fit(coupon, basket with
            {
                Lines = [.. basket.Lines, covered with { PriceFen = moreFen, Quantity = 1 }],
            }).WhyNot?.Code;
        }).CheckThoroughly();

    [Fact]
    public void The_best_saves_no_less_than_any_other_and_the_order_of_the_wallet_does_not_matter() => Prop.ForAll(
        AnyCoupon.ListOf().Select(list => list.DistinctBy(coupon => coupon.Id).ToArray()).ToArbitrary(),
        AnyBasket.ToArbitrary(),
        (wallet, basket) =>
        {
            var ranked = AdviceRules.Rank(wallet, basket, HandClock.Start, HandClock.Start);
            var usable = ranked.Where(fit => fit.WhyNot is null).ToArray();
            return ranked.Count == wallet.Length
                && ranked.Take(usable.Length).All(fit => fit.WhyNot is null)
                && usable.All(fit => fit.SavedFen() <= usable[0].SavedFen())
                && ranked.SequenceEqual(
                    AdviceRules.Rank(wallet.Reverse(), basket, HandClock.Start, HandClock.Start));
        }).CheckThoroughly();

    [Theory]
    [InlineData(14, 17, 13, 59, false), InlineData(14, 17, 14, 0, true), InlineData(14, 17, 17, 0, false)]
    [InlineData(22, 2, 23, 0, true), InlineData(22, 2, 1, 59, true), InlineData(22, 2, 2, 0, false)]
    public void Hours_are_those_of_china_and_may_run_past_midnight(int from, int until, int hour, int minute, bool open)
    {
        var now = new DateTimeOffset(2026, 3, 2, hour, minute, 0, ChinaDay.Offset);

        Assert.Equal(open, new CouponScope(FromHour: from, UntilHour: until).IsOpen(now.ToUniversalTime()));
    }

    [Theory]
    [InlineData(2, 1, false), InlineData(2, 23, true), InlineData(3, 1, true), InlineData(3, 23, false)]
    public void A_night_belongs_to_the_day_on_which_it_begins(int day, int hour, bool open)
    {
        var mondayNight = new CouponScope(Weekdays: [DayOfWeek.Monday], FromHour: 22, UntilHour: 2); // 2 March 2026

        Assert.Equal(open, mondayNight.IsOpen(new DateTimeOffset(2026, 3, day, hour, 0, 0, ChinaDay.Offset)));
    }

    private static CouponFit Fit(Coupon coupon, Basket basket) =>
        AdviceRules.Fit(coupon, basket, registeredAt: HandClock.Start, HandClock.Start);

    private static void Holds(Func<CouponFit, Basket, BasketLine[], bool> isRight) => Prop.ForAll(
        AnyCoupon.ToArbitrary(),
        AnyBasket.ToArbitrary(),
        (coupon, basket) => isRight(
            Fit(coupon, basket), basket, [.. basket.Lines.Where(coupon.Terms.Scope!.Covers)])).CheckThoroughly();
}
