using Pond.Tiers;

namespace Pond.Pricing;

/// <summary>
/// What a cart costs, to the fen and to the line. An order freezes it, and refunds are reckoned from it.
/// </summary>
/// <param name="Lines">By number: 1, 2, 3 …; gifts come last.</param>
/// <param name="FreightFen">What sending costs before anything off.</param>
/// <param name="FreightOffFen">Off the freight: 0 … <paramref name="FreightFen"/>.</param>
/// <param name="UsedPoints">Points that are spent: the sum of the lines.</param>
/// <param name="CouponIds">Coupons that the order takes.</param>
/// <param name="Uses">Limited promotions of which the order takes a use.</param>
/// <param name="Gifts">What promotions bring once it is paid, apart from gift lines.</param>
/// <param name="Earning">How points and growth follow from the money paid for goods.</param>
/// <param name="Tier">The benefits that it was reckoned with (MBR-06).</param>
/// <param name="Explain">Every promotion and coupon that was considered, and why or why not (PRC-06).</param>
public sealed record PricedCart(
    IReadOnlyList<PricedLine> Lines,
    long FreightFen,
    long FreightOffFen,
    long UsedPoints,
    IReadOnlyList<string> CouponIds,
    IReadOnlyList<PromotionUse> Uses,
    IReadOnlyList<PromotionGift> Gifts,
    EarnTerms Earning,
    TierBenefits Tier,
    IReadOnlyList<Explained> Explain)
{
    /// <summary>What is paid for goods: 0 or more.</summary>
    public long GoodsPayFen() => Lines.Sum(line => line.PayFen());

    /// <summary>What is to be paid: goods and freight, 0 or more.</summary>
    public long PayableFen() => checked(GoodsPayFen() + FreightFen - FreightOffFen);

    /// <summary>What the goods cost before anything off.</summary>
    public long ListFen() => Lines.Sum(line => checked(line.ListPriceFen * line.Quantity));
}

/// <summary>One line, with its share of everything that came off.</summary>
/// <param name="ListPriceFen">Of one piece, as the catalogue has it; 0 for a gift.</param>
/// <param name="PriceFen">Of one piece, at the limited-time or the tier's price if that is less.</param>
/// <param name="PromotionOffFen">Off the whole line by promotions.</param>
/// <param name="CouponOffFen">Off the whole line by coupons.</param>
/// <param name="PointsOffFen">Off the whole line for points.</param>
/// <param name="UsedPoints">The points for that.</param>
/// <param name="IsGift">Came along with a promotion or a coupon, and costs nothing.</param>
public sealed record PricedLine(
    int Number,
    string SkuId,
    string SpuId,
    string CategoryId,
    string Title,
    int Quantity,
    long ListPriceFen,
    long PriceFen,
    long PromotionOffFen,
    long CouponOffFen,
    long PointsOffFen,
    long UsedPoints,
    bool IsGift = false)
{
    /// <summary>What is paid for the whole line: 0 or more.</summary>
    public long PayFen() => checked(PriceFen * Quantity - PromotionOffFen - CouponOffFen - PointsOffFen);
}

/// <summary>A use of a limited promotion.</summary>
/// <param name="SavedFen">What it took off, which counts against a budget.</param>
public sealed record PromotionUse(string PromotionId, long SavedFen);

/// <summary>FUL-03: what a promotion brings beyond money off, by the goods that are kept.</summary>
/// <param name="LineNumbers">The lines that count.</param>
/// <param name="Steps">Ascending; the highest step that the goods reach holds.</param>
public sealed record PromotionGift(
    string PromotionId, IReadOnlyList<int> LineNumbers, IReadOnlyList<GiftStep> Steps);

/// <summary>One step: reached by so much for the goods at their price, or by so many pieces.</summary>
/// <param name="LeastFen">Null when pieces are counted.</param>
/// <param name="LeastPieces">Null when money is counted.</param>
/// <param name="Points">Given once paid.</param>
/// <param name="CouponTemplateIds">A coupon of each; the same one twice for two.</param>
public sealed record GiftStep(
    long? LeastFen, int? LeastPieces, long Points, IReadOnlyList<string> CouponTemplateIds);

/// <summary>How points and growth follow from money, frozen with the order.</summary>
/// <param name="PointsPerYuan">Before the multiplier.</param>
/// <param name="MultiplierBp">10,000 for everybody, more by tier.</param>
/// <param name="GrowthPerYuan">Not multiplied.</param>
public sealed record EarnTerms(int PointsPerYuan, int MultiplierBp, int GrowthPerYuan)
{
    private const long FenPerYuan = 100;
    private const long WholeBp = 10_000;

    /// <summary>Rounded down.</summary>
    /// <param name="paidFen">For goods, and not refunded: 0 or more.</param>
    public long PointsFor(long paidFen) =>
        (long)((Int128)paidFen * PointsPerYuan * MultiplierBp / (FenPerYuan * WholeBp));

    /// <summary>Rounded down.</summary>
    /// <param name="paidFen">For goods, and not refunded: 0 or more.</param>
    public long GrowthFor(long paidFen) => (long)((Int128)paidFen * GrowthPerYuan / FenPerYuan);
}

/// <summary>PRC-06: one promotion or coupon that was considered.</summary>
/// <param name="Id">Of the promotion or the coupon.</param>
/// <param name="SavedFen">What it took off; 0 when it was not applied.</param>
/// <param name="Text">What it did, or why it did nothing, for a shopper.</param>
/// <param name="Code">Why it was not applied, for a program; null when it was.</param>
public sealed record Explained(string Id, string Name, long SavedFen, string Text, string? Code);
