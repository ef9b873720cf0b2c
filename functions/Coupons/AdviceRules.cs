using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>What one coupon does for a basket: either takes something off or brings a gift, or says why not.</summary>
/// <param name="DiscountFen">Off the goods.</param>
/// <param name="FreightOffFen">Off the freight.</param>
/// <param name="ShortFen">How much more of its goods the coupon asks for; 0 when that is not why.</param>
public sealed record CouponFit(
    Coupon Coupon, Refusal? WhyNot, long DiscountFen = 0, long FreightOffFen = 0, long ShortFen = 0)
{
    /// <summary>Everything that it saves.</summary>
    public long SavedFen() => checked(DiscountFen + FreightOffFen);
}

/// <summary>CPN-05, CPN-09: which coupon is good for a basket, and which is best. Pure.</summary>
public static class AdviceRules
{
    /// <summary>Days after registration during which a member is new, the day itself being the first.</summary>
    public const int NewMemberDays = 30;

    /// <summary>Whether a coupon for new members is good for somebody who registered then.</summary>
    public static bool IsNew(DateTimeOffset registeredAt, DateTimeOffset now) =>
        now < ChinaDay.Of(registeredAt).AddDays(NewMemberDays).Start;

    /// <summary>What the coupon would do; one that would do nothing says so and is never used up.</summary>
    public static CouponFit Fit(Coupon coupon, Basket basket, DateTimeOffset registeredAt, DateTimeOffset now)
    {
        var (terms, scope) = (coupon.Terms, coupon.Terms.Scope ?? CouponScope.All);
        if (CouponRules.WhyNotFree(coupon, now) is { } why) return new CouponFit(coupon, why);
        if (!scope.IsOpen(now)) return new CouponFit(coupon, CouponRefusals.WrongHour);
        if (scope.Audience is CouponAudience.NewMembers && !IsNew(registeredAt, now))
            return new CouponFit(coupon, CouponRefusals.NewMembersOnly);

        BasketLine[] lines = [.. basket.Lines.Where(scope.Covers)];
        if (lines.Length == 0) return new CouponFit(coupon, CouponRefusals.NoGoods);

        var missing = new Fen(Least(terms)) - DiscountRules.Sum(lines);
        if (missing > Fen.Zero)
        {
            var tooLittle = CouponRefusals.BelowThreshold with { Message = $"还差 {missing} 可用。" };
            return new CouponFit(coupon, tooLittle, ShortFen: missing.Value);
        }

        var off = DiscountRules.Of(terms.Discount, lines, new Fen(basket.FreightFen)).Value;
        if (off == 0 && terms.Discount.Kind is not DiscountKind.Gift)
            return new CouponFit(coupon, CouponRefusals.NoBenefit);

        return terms.Discount.Kind is DiscountKind.FreeShipping
            ? new CouponFit(coupon, null, FreightOffFen: off)
            : new CouponFit(coupon, null, DiscountFen: off);
    }

    /// <summary>
    /// Every coupon, the best first: what saves most, then what ends first, then the smaller id; then those that are
    /// good for nothing, the nearest to their threshold first.
    /// </summary>
    public static IReadOnlyList<CouponFit> Rank(
        IEnumerable<Coupon> wallet, Basket basket, DateTimeOffset registeredAt, DateTimeOffset now) =>
    [
        .. wallet
            .Select(coupon => Fit(coupon, basket, registeredAt, now))
            .OrderBy(fit => fit.WhyNot is null ? 0 : fit.ShortFen > 0 ? 1 : 2)
            .ThenByDescending(fit => fit.SavedFen())
            .ThenBy(fit => fit.ShortFen)
            .ThenBy(fit => fit.Coupon.ValidUntil)
            .ThenBy(fit => fit.Coupon.Id, StringComparer.Ordinal),
    ];

    // For every so much, the first part has to be full.
    private static long Least(CouponTerms terms) => Math.Max(terms.ThresholdFen, terms.Discount.EveryFen ?? 0);
}
