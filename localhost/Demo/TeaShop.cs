namespace Pond.LocalHost.Demo;

/// <summary>A coupon template of the shop.</summary>
/// <param name="AmountFen">Fen less, or null for a percentage.</param>
/// <param name="OffBp">Hundredths of a percent less: 1500 is 八五折.</param>
/// <param name="CapFen">The most that the percentage takes off.</param>
/// <param name="IsPublished">Otherwise it stays a draft, which shoppers never see.</param>
internal sealed record Plan(
    string Name,
    long? AmountFen,
    int? OffBp,
    long? CapFen,
    long ThresholdFen,
    int Stock,
    bool IsPublished = true);

/// <summary>A member who comes by, and the coupons that they want.</summary>
/// <param name="Nickname">Also the name of the WeChat user in the sandbox.</param>
internal sealed record Guest(string Nickname, IReadOnlyList<Plan> Wants);

/// <summary>A tea that is sold, in one variant.</summary>
internal sealed record Tea(string SpuId, string SkuId, string Name, long PriceFen)
{
    public const string CategoryId = "green-tea";
}

/// <summary>So much off from so much on.</summary>
internal sealed record Reduction(string Name, long LeastFen, long OffFen);

/// <summary>The shop that the demo opens: a tea shop, its teas, its coupons and those who like it.</summary>
internal static class TeaShop
{
    /// <summary>Days that a template can be claimed.</summary>
    public const int ClaimDays = 30;

    /// <summary>
    /// Days that a coupon lasts: longer than it can be claimed, so that a later run finds it in the wallet.
    /// </summary>
    public const int ValidDays = 60;

    /// <summary>The shopper whose day is shown step by step.</summary>
    public const string Shopper = "小满";

    /// <summary>What she buys.</summary>
    public static readonly Tea Tea = new("longjing", "longjing-100g", "明前龙井", 3800);

    public static readonly Reduction Reduction = new("满60减8", LeastFen: 6000, OffFen: 800);

    /// <summary>What she wants.</summary>
    public static readonly Plan FiveOff = new("满30减5", 500, null, null, ThresholdFen: 3000, Stock: 200);

    private static readonly Plan PercentOff = new("八五折封顶10元", null, 1500, 1000, ThresholdFen: 0, Stock: 100);

    /// <summary>Fewer than want it, so that some are told 已被领完.</summary>
    private static readonly Plan Tasting = new("新品尝鲜券", 800, null, null, ThresholdFen: 800, Stock: 3);

    private static readonly Plan Winter =
        new("冬至热饮券", 600, null, null, ThresholdFen: 600, Stock: 50, IsPublished: false);

    public static IReadOnlyList<Plan> Plans { get; } = [FiveOff, PercentOff, Tasting, Winter];

    public static IReadOnlyList<Guest> Guests { get; } =
    [
        new("春芽", [Tasting, FiveOff]),
        new("青柠", [Tasting, PercentOff]),
        new("半糖去冰", [Tasting, FiveOff, PercentOff]),
        new("茉莉", [Tasting]),
        new("阿龙井", [FiveOff]),
        new("桂花乌龙", [PercentOff, Tasting]),
        new("珍珠不加糖", [FiveOff, PercentOff]),
        new("桃桃", [Tasting, FiveOff]),
        new("老陈皮", [PercentOff]),
        new("芋泥", []),
        new("抹茶控", [FiveOff, Tasting]),
        new("云雾", [PercentOff, FiveOff]),
    ];
}
