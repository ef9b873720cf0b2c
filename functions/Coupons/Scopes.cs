using Pond.Kernel;
using Pond.Products;

namespace Pond.Coupons;

/// <summary>CPN-02: for what, when and for whom a coupon is good. Null anywhere means no such limit.</summary>
/// <param name="CategoryIds">Good for these, and for the goods of the next two lists.</param>
/// <param name="SpuIds">Good for every variant of these.</param>
/// <param name="SkuIds">Good for these variants.</param>
/// <param name="ExcludedIds">Never good for goods that any of these ids names: category, SPU or SKU.</param>
/// <param name="Weekdays">The days in China on which it can be used.</param>
/// <param name="FromHour">
/// The first hour of the day in China, 0 … 23; an end that is not later lies after midnight.
/// </param>
/// <param name="UntilHour">The hour in which it can no longer be used, 1 … 24.</param>
public sealed record CouponScope(
    IReadOnlyList<string>? CategoryIds = null,
    IReadOnlyList<string>? SpuIds = null,
    IReadOnlyList<string>? SkuIds = null,
    IReadOnlyList<string>? ExcludedIds = null,
    IReadOnlyList<DayOfWeek>? Weekdays = null,
    int? FromHour = null,
    int? UntilHour = null,
    CouponAudience Audience = CouponAudience.Everyone)
{
    /// <summary>Good for everything, always, for everybody.</summary>
    public static readonly CouponScope All = new();

    public const int WeekdaysMax = 7;

    public const int HoursPerDay = 24;

    public bool Covers(BasketLine line) => new GoodsScope(CategoryIds, SpuIds, SkuIds, ExcludedIds)
        .Covers(line.CategoryId, line.SpuId, line.SkuId);

    /// <summary>Whether the hour and the day in China are among those of the coupon.</summary>
    /// <remarks>A night that runs past midnight belongs to the day on which it begins.</remarks>
    public bool IsOpen(DateTimeOffset now)
    {
        var china = now.ToOffset(ChinaDay.Offset);
        var (from, until) = (FromHour ?? 0, UntilHour ?? HoursPerDay);
        if (from < until) return from <= china.Hour && china.Hour < until && IsDay(china.DayOfWeek);
        return (china.Hour >= from && IsDay(china.DayOfWeek))
            || (china.Hour < until && IsDay(china.AddDays(-1).DayOfWeek));
    }

    private bool IsDay(DayOfWeek day) => Weekdays is null || Weekdays.Contains(day);
}

/// <summary>Whom a coupon is for. Stored by name: never rename one.</summary>
public enum CouponAudience
{
    Everyone,

    /// <summary>Members within <see cref="AdviceRules.NewMemberDays"/> of their registration.</summary>
    NewMembers,
}

/// <summary>Goods that somebody is about to order.</summary>
/// <param name="FreightFen">What sending them costs before any coupon; 0 for nothing.</param>
public sealed record Basket(IReadOnlyList<BasketLine> Lines, long FreightFen);

/// <param name="PriceFen">Of one piece, after every other promotion.</param>
public sealed record BasketLine(string SkuId, string SpuId, string CategoryId, long PriceFen, int Quantity)
{
    public Fen Total() => new Fen(PriceFen) * Quantity;
}
