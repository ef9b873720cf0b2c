using System.Diagnostics;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-02, CPN-05: what a coupon takes off. Pure.</summary>
public static class DiscountRules
{
    /// <summary>Never more than the goods cost; a share is rounded half up to a fen, then capped.</summary>
    /// <param name="lines">The lines that the coupon is good for.</param>
    /// <param name="freight">What sending costs.</param>
    /// <returns>Off the goods, or for <see cref="DiscountKind.FreeShipping"/> off the freight.</returns>
    public static Fen Of(Discount discount, IReadOnlyList<BasketLine> lines, Fen freight)
    {
        var goods = Sum(lines);
        return discount.Kind switch
        {
            DiscountKind.AmountOff => Fen.Min(new Fen(discount.AmountFen!.Value), goods),
            DiscountKind.PercentOff => Capped(new BasisPoints(discount.OffBp!.Value).Of(goods), discount, goods),
            DiscountKind.EveryOff => Capped(
                new Fen(discount.AmountFen!.Value) * (goods.Value / discount.EveryFen!.Value), discount, goods),
            DiscountKind.FixedPrice => Above(new Fen(discount.PriceFen!.Value), Dearest(lines)),
            DiscountKind.FreeShipping => Capped(freight, discount, freight),
            DiscountKind.Gift => Fen.Zero,
            DiscountKind.Exchange => Dearest(lines),
            _ => throw new UnreachableException(),
        };
    }

    public static Fen Sum(IEnumerable<BasketLine> lines) =>
        lines.Aggregate(Fen.Zero, (sum, line) => sum + line.Total());

    /// <summary>Whether a type has all that it needs, nothing else, and takes off no more than its threshold.</summary>
    public static bool IsSound(Discount discount, long thresholdFen)
    {
        var isWhole = (Given(discount), discount.CapFen) switch
        {
            ((DiscountKind.AmountOff, true, false, false, false, false), null) => true,
            ((DiscountKind.PercentOff, false, true, false, false, false), _) => true,
            ((DiscountKind.EveryOff, true, false, true, false, false), _) => discount.AmountFen <= discount.EveryFen,
            ((DiscountKind.FixedPrice, false, false, false, true, false), null) => true,
            ((DiscountKind.FreeShipping, false, false, false, false, false), _) => true,
            ((DiscountKind.Gift, false, false, false, false, true), null) => true,
            ((DiscountKind.Exchange, false, false, false, false, false), null) => true,
            _ => false,
        };
        return isWhole && (thresholdFen == 0 || IsWorthIt(discount, thresholdFen));
    }

    // Whoever just meets the threshold gets something, and never more than they pay.
    private static bool IsWorthIt(Discount discount, long thresholdFen) => discount.Kind switch
    {
        DiscountKind.AmountOff => discount.AmountFen <= thresholdFen,
        DiscountKind.PercentOff => new BasisPoints(discount.OffBp!.Value).Of(new Fen(thresholdFen)) > Fen.Zero,
        DiscountKind.EveryOff => discount.EveryFen <= thresholdFen,
        _ => true,
    };

    private static (DiscountKind Kind, bool Amount, bool OffBp, bool Every, bool Price, bool Gift) Given(
        Discount discount) => (
        discount.Kind, discount.AmountFen is not null, discount.OffBp is not null, discount.EveryFen is not null,
        discount.PriceFen is not null, discount.GiftSkuId is not null);

    private static Fen Capped(Fen off, Discount discount, Fen most) =>
        Fen.Min(off, discount.CapFen is { } capFen ? Fen.Min(new Fen(capFen), most) : most);

    private static Fen Above(Fen price, Fen dearest) => dearest > price ? dearest - price : Fen.Zero;

    private static Fen Dearest(IReadOnlyList<BasketLine> lines) =>
        new(lines.Select(line => line.PriceFen).DefaultIfEmpty(0).Max());
}
