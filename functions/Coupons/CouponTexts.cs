using System.Diagnostics;
using System.Globalization;

namespace Pond.Coupons;

/// <summary>Says in Chinese what a coupon is good for, as a page shows it. Pure.</summary>
public static class CouponTexts
{
    private const string Days = "日一二三四五六";

    /// <summary>Such as 满30元减5元 or 满100元打8.5折，最高减20元.</summary>
    public static string Benefit(CouponTerms terms)
    {
        var (discount, threshold) = (terms.Discount, terms.ThresholdFen);
        var from = threshold > 0 ? $"满{Yuan(threshold)}" : "";
        var cap = discount.CapFen is { } capFen ? $"，最高减{Yuan(capFen)}" : "";
        return discount.Kind switch
        {
            DiscountKind.AmountOff => $"{(threshold > 0 ? from : "立")}减{Yuan(discount.AmountFen!.Value)}",
            DiscountKind.PercentOff => $"{from}打{Tenths(discount.OffBp!.Value)}折{cap}",
            DiscountKind.EveryOff =>
                (threshold > discount.EveryFen ? $"{from}起，" : "")
                + $"每满{Yuan(discount.EveryFen!.Value)}减{Yuan(discount.AmountFen!.Value)}{cap}",
            DiscountKind.FixedPrice => $"{from}一件特价{Yuan(discount.PriceFen!.Value)}",
            DiscountKind.FreeShipping => $"{from}包邮{cap}",
            DiscountKind.Gift => $"{from}赠礼品",
            DiscountKind.Exchange => $"{from}兑换一件商品",
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Such as 指定商品可用，部分商品除外，仅限新会员.</summary>
    public static string Goods(CouponScope? scope)
    {
        scope ??= CouponScope.All;
        var isAll = scope.CategoryIds is null && scope.SpuIds is null && scope.SkuIds is null;
        var excluded = scope.ExcludedIds is null ? "" : "，部分商品除外";
        var audience = scope.Audience is CouponAudience.NewMembers ? "，仅限新会员" : "";
        return (isAll ? "全场通用" : "指定商品可用") + excluded + audience;
    }

    /// <summary>Such as 周一、周二 14:00–17:00.</summary>
    public static string Time(CouponScope? scope)
    {
        scope ??= CouponScope.All;
        string[] parts =
        [
            .. scope.Weekdays is { } days ? [string.Join('、', days.Select(day => $"周{Days[(int)day]}"))] : (string[])[],
            .. scope is { FromHour: { } from, UntilHour: { } until } ? [Hours(from, until)] : (string[])[],
        ];
        return parts.Length == 0 ? "全天可用" : string.Join(' ', parts);
    }

    /// <summary>What a usable coupon does for a basket, such as 可省5元.</summary>
    public static string Saving(CouponFit fit) => fit.SavedFen() > 0 ? $"可省{Yuan(fit.SavedFen())}" : "可得赠品";

    private static string Hours(int from, int until) =>
        string.Create(CultureInfo.InvariantCulture, $"{from}:00–{(until <= from ? "次日" : "")}{until}:00");

    private static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{fen / 100m:0.##}元");

    private static string Tenths(int offBp) =>
        string.Create(CultureInfo.InvariantCulture, $"{(10_000 - offBp) / 1_000m:0.###}");
}
