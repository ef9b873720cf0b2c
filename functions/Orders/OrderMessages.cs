using Pond.Activities;
using Pond.Platform;
using Pond.Pricing;
using Pond.Products;

namespace Pond.Orders;

/// <summary>What was reserved for an order is spent, or free again.</summary>
/// <param name="IsPaid">Spent; else free.</param>
/// <param name="HeldPoints">0 when it holds none.</param>
public sealed record OrderSettledV1(
    string OrderId,
    string MemberId,
    bool IsPaid,
    IReadOnlyList<ReservedStock> Stock,
    IReadOnlyList<StockWant> Wanted,
    IReadOnlyList<string> CouponIds,
    long HeldPoints,
    IReadOnlyList<PromotionUse> Uses,
    DateTimeOffset At);

/// <summary>What a paid order brings its member.</summary>
/// <param name="Points">For the money; counted by caps.</param>
/// <param name="GiftPoints">By promotions.</param>
/// <param name="CouponTemplateIds">A coupon of each; the same one twice for two.</param>
public sealed record OrderRewardsV1(
    string OrderId,
    string MemberId,
    long Points,
    long GiftPoints,
    long Growth,
    IReadOnlyList<string> CouponTemplateIds,
    DateTimeOffset At);

/// <summary>Money went back. All numbers are totals so far: what comes late or twice changes nothing.</summary>
/// <param name="RefundNumber">1, 2, 3 … within the order.</param>
/// <param name="SpentPoints">What the order spent in all.</param>
/// <param name="ReturnedPoints">Of those, what goes back by now.</param>
/// <param name="EarnedPoints">What the order brought for its money.</param>
/// <param name="ReversedPoints">Of those, what is taken back by now.</param>
/// <param name="GiftPoints">What promotions brought.</param>
/// <param name="ReversedGiftPoints">Of those, what is taken back by now.</param>
/// <param name="Growth">What the order brought.</param>
/// <param name="ReversedGrowth">Of that, what is taken back by now.</param>
/// <param name="RevokedTemplateIds">Of coupons that promotions brought: those that are not deserved any more.</param>
/// <param name="IsWhole">Everything that was paid has gone back: coupons and uses come back too.</param>
/// <param name="Restocked">Pieces by SKU and shard that can be sold again, of this refund alone.</param>
public sealed record OrderRefundedV1(
    string OrderId,
    string MemberId,
    int RefundNumber,
    long SpentPoints,
    long ReturnedPoints,
    long EarnedPoints,
    long ReversedPoints,
    long GiftPoints,
    long ReversedGiftPoints,
    long Growth,
    long ReversedGrowth,
    IReadOnlyList<string> RevokedTemplateIds,
    IReadOnlyList<string> CouponIds,
    IReadOnlyList<PromotionUse> Uses,
    bool IsWhole,
    bool IsMerchantsFault,
    IReadOnlyList<ReservedStock> Restocked,
    DateTimeOffset At);

/// <summary>An order that is part of something was paid, cancelled, or paid back as a whole.</summary>
/// <param name="SubjectId">The group, the attempt or the claim that it was placed for.</param>
public sealed record DealMovedV1(
    ActivityKind Kind,
    string ActivityId,
    string SubjectId,
    string OrderId,
    string MemberId,
    DealMove Move,
    DateTimeOffset At);

/// <summary>What an order waited for has come about, or will not. Later ones change nothing.</summary>
/// <param name="SubjectId">The group that it has come to be part of: not always the one that it was placed for.</param>
/// <param name="PriceFen">Of one piece, from now on: no more than what was paid.</param>
/// <param name="Reason">Why its money goes back; null when it is fulfilled.</param>
/// <param name="IsLeft">The member wanted it so, and need not be told.</param>
public sealed record DealSettledV1(
    string OrderId,
    string MemberId,
    string SubjectId,
    long PriceFen,
    string? Reason,
    DateTimeOffset At,
    bool IsLeft = false);

/// <summary>What the goods of a paid order are worth to the shop. What comes late or twice changes nothing.</summary>
/// <param name="GoodsFen">Paid for goods, freight apart.</param>
/// <param name="RefundedFen">Of that, paid back so far.</param>
/// <param name="Goods">What somebody paid for, one for each SKU; null in messages of before.</param>
public sealed record OrderValuedV1(
    string OrderId,
    string MemberId,
    long GoodsFen,
    long RefundedFen,
    DateTimeOffset PaidAt,
    IReadOnlyList<GoodsBoughtV1>? Goods = null);

/// <summary>Pieces of a SKU that an order has paid.</summary>
/// <param name="Title">As the shopper read it.</param>
/// <param name="Kept">Pieces that are not paid back: only ever fewer.</param>
public sealed record GoodsBoughtV1(string SkuId, string Title, int Kept);

/// <summary>An order is new to lists, or has moved: whoever lists orders looks at it.</summary>
public sealed record OrderMovedV1(string OrderId, string MemberId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class OrderMessages
{
    public const string SettledStockQueue = "order-settled-stock";
    public const string SettledPointsQueue = "order-settled-points";
    public const string SettledCouponsQueue = "order-settled-coupons";
    public const string SettledUsesQueue = "order-settled-uses";

    public const string RewardPointsQueue = "order-reward-points";
    public const string RewardGrowthQueue = "order-reward-growth";
    public const string RewardCouponsQueue = "order-reward-coupons";

    public const string RefundedStockQueue = "order-refunded-stock";
    public const string RefundedPointsQueue = "order-refunded-points";
    public const string RefundedGrowthQueue = "order-refunded-growth";
    public const string RefundedCouponsQueue = "order-refunded-coupons";
    public const string RefundedUsesQueue = "order-refunded-uses";

    public const string ValuedQueue = "order-values";
    public const string ValuedCyclesQueue = "order-value-cycles";

    public const string MovedQueue = "order-moves";

    public const string GroupBuyQueue = "order-deals-group-buys";
    public const string BargainQueue = "order-deals-bargains";
    public const string FlashSaleQueue = "order-deals-flash-sales";
    public const string DealSettledQueue = "order-deals-settled";

    /// <summary>To those of whom it keeps something.</summary>
    public static IEnumerable<Message> Settled(OrderSettledV1 settled)
    {
        if (settled.Wanted.Count > 0) yield return new Message(SettledStockQueue, settled);
        if (settled.HeldPoints > 0) yield return new Message(SettledPointsQueue, settled);
        if (settled.CouponIds.Count > 0) yield return new Message(SettledCouponsQueue, settled);
        if (settled.Uses.Count > 0) yield return new Message(SettledUsesQueue, settled);
    }

    /// <summary>To those who give something.</summary>
    public static IEnumerable<Message> Rewards(OrderRewardsV1? rewards)
    {
        if (rewards is null) yield break;
        if (rewards.Points > 0 || rewards.GiftPoints > 0) yield return new Message(RewardPointsQueue, rewards);
        if (rewards.Growth > 0) yield return new Message(RewardGrowthQueue, rewards);
        if (rewards.CouponTemplateIds.Count > 0) yield return new Message(RewardCouponsQueue, rewards);
    }

    /// <summary>To the slice that it is part of.</summary>
    public static IEnumerable<Message> DealMoved(DealMovedV1? moved) => moved?.Kind switch
    {
        ActivityKind.GroupBuy => [new Message(GroupBuyQueue, moved)],
        ActivityKind.Bargain => [new Message(BargainQueue, moved)],
        ActivityKind.FlashSale => [new Message(FlashSaleQueue, moved)],
        _ => [],
    };

    /// <summary>To those who go by what somebody has bought.</summary>
    public static IEnumerable<Message> Valued(OrderValuedV1? valued) =>
        valued is null ? [] : [new Message(ValuedQueue, valued), new Message(ValuedCyclesQueue, valued)];

    public static Message DealSettled(DealSettledV1 settled) => new(DealSettledQueue, settled);

    public static Message Moved(OrderMovedV1 moved) => new(MovedQueue, moved);
}
