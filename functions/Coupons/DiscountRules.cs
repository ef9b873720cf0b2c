using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-02: what a coupon takes off. Pure.</summary>
public static class DiscountRules
{
    /// <summary>Never more than the goods cost; a share is rounded half up to a fen, then capped.</summary>
    /// <param name="goods">What the goods cost that the coupon is good for.</param>
    public static Fen Of(Discount discount, Fen goods) => discount.Kind switch
    {
        DiscountKind.AmountOff => Fen.Min(new Fen(discount.AmountFen!.Value), goods),
        DiscountKind.PercentOff => Fen.Min(
            new BasisPoints(discount.OffBp!.Value).Of(goods), discount.CapFen is { } capFen ? new Fen(capFen) : goods),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
