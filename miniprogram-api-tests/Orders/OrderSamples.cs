using Pond.Orders;
using Pond.Platform;
using Pond.Pricing;
using Pond.Products;
using Pond.Tiers;

namespace Pond.Tests.Orders;

/// <summary>Orders as rules look at them.</summary>
internal static class OrderSamples
{
    public const string MemberId = "m";

    public static readonly string OrderId = OrderIds.Of(HandClock.Start, Ids.From("order"));

    public static readonly DateTimeOffset PayBy = HandClock.Start.AddMinutes(30);

    /// <summary>One line of two pieces at ¥20, with points, a coupon and a use of a promotion.</summary>
    /// <param name="payableFen">Of those ¥40, what is to be paid.</param>
    public static Order Placing(long payableFen = 3_600) => new(
        OrderId, MemberId, OrderState.Placing, Cart(payableFen), HandClock.Start, PayBy, AddressId: null,
        [new StockWant("tea-1", Shards: 1, Quantity: 2)], Stock: [], Attempts: [], Payment: null, Strays: [],
        Shipments: [], ReceiveBy: null, CompletedAt: null, Refunds: [], Closing: null, Cancelled: null, Log: []);

    public static PricedCart Cart(long payableFen, params PromotionGift[] gifts) => new(
        [Line(1, quantity: 2, couponOffFen: 4_000 - payableFen)],
        FreightFen: 0, FreightOffFen: 0, UsedPoints: 100, ["coupon-1"], [new PromotionUse("promotion-1", 0)], gifts,
        new EarnTerms(PointsPerYuan: 1, MultiplierBp: 15_000, GrowthPerYuan: 1), TierBenefits.None, Explain: []);

    public static PricedLine Line(int number, int quantity, long couponOffFen = 0) => new(
        number, $"tea-{number}", "tea", "drinks", "龙井", quantity, ListPriceFen: 2_000, PriceFen: 2_000,
        PromotionOffFen: 0, couponOffFen, PointsOffFen: 0, UsedPoints: 100);
}
