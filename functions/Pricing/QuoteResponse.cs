namespace Pond.Pricing;

/// <summary>A price as a shopper sees it.</summary>
/// <param name="ListFen">The goods before anything off.</param>
/// <param name="PromotionOffFen">Off by promotions and the tier.</param>
/// <param name="PayableFen">To be paid: goods and freight.</param>
/// <param name="UsedPoints">Points that it takes.</param>
/// <param name="CouponIds">Coupons that it takes.</param>
/// <param name="EarnsPoints">Points that it brings once paid, those of promotions included.</param>
/// <param name="Explain">Every promotion and coupon that was considered.</param>
/// <param name="Token">To be presented with the order.</param>
public sealed record QuoteResponse(
    IReadOnlyList<QuoteResponse.Line> Lines,
    long ListFen,
    long PromotionOffFen,
    long CouponOffFen,
    long PointsOffFen,
    long FreightFen,
    long FreightOffFen,
    long PayableFen,
    long UsedPoints,
    IReadOnlyList<string> CouponIds,
    long EarnsPoints,
    long EarnsGrowth,
    IReadOnlyList<Explained> Explain,
    string Token,
    DateTimeOffset ExpiresAt)
{
    /// <param name="PayFen">For the whole line.</param>
    public sealed record Line(
        int Number,
        string SkuId,
        string Title,
        int Quantity,
        long ListPriceFen,
        long PriceFen,
        long PromotionOffFen,
        long CouponOffFen,
        long PointsOffFen,
        long UsedPoints,
        long PayFen,
        bool IsGift)
    {
        public static Line Of(PricedLine line) => new(
            line.Number, line.SkuId, line.Title, line.Quantity, line.ListPriceFen, line.PriceFen,
            line.PromotionOffFen, line.CouponOffFen, line.PointsOffFen, line.UsedPoints, line.PayFen(), line.IsGift);
    }

    public static QuoteResponse Of(Quote quote)
    {
        var cart = quote.Cart;
        var gifts = cart.Gifts.Sum(gift => GiftRules.Held(gift, cart.Lines, line => line.Quantity).Points);
        return new QuoteResponse(
            [.. cart.Lines.Select(Line.Of)],
            cart.ListFen(),
            cart.Lines.Sum(line => ((line.ListPriceFen - line.PriceFen) * line.Quantity) + line.PromotionOffFen),
            cart.Lines.Sum(line => line.CouponOffFen),
            cart.Lines.Sum(line => line.PointsOffFen),
            cart.FreightFen,
            cart.FreightOffFen,
            cart.PayableFen(),
            cart.UsedPoints,
            cart.CouponIds,
            cart.Earning.PointsFor(cart.GoodsPayFen()) + gifts,
            cart.Earning.GrowthFor(cart.GoodsPayFen()),
            cart.Explain,
            quote.Token,
            quote.ExpiresAt);
    }
}
