using Pond.Activities;
using Pond.Kernel;
using Pond.Platform.Http;
using Pond.Products;
using Pond.Promotions;

namespace Pond.FlashSales;

/// <summary>What marketing says of a flash sale.</summary>
public sealed record FlashSaleRequest
{
    [Text(1, 40)]
    public required string Name { get; init; }

    [GoodsId]
    public required string SkuId { get; init; }

    /// <summary>Of one piece.</summary>
    [Whole(1, FlashSalePlanRules.PriceFenMax)]
    public required long PriceFen { get; init; }

    /// <summary>They leave the SKU's stock when it is published.</summary>
    [Whole(1, ActivityRules.PiecesMax)]
    public required int Pieces { get; init; }

    /// <summary>Parts that the pieces are kept in: one for every 150 claims a second at the peak.</summary>
    [Whole(1, ActivityRules.ShardsMax)]
    public int Shards { get; init; } = 1;

    /// <summary>A rush is expected: a claim needs a ticket.</summary>
    public bool IsHot { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Pieces of one WeChat user.</summary>
    [Whole(1, FlashSalePlanRules.PerMemberMax)]
    public int PerMember { get; init; } = 1;

    /// <summary>Minutes from a claim to when its order is closed.</summary>
    [Whole(FlashSalePlanRules.PayMinutesMin, FlashSalePlanRules.PayMinutesMax)]
    public int PayMinutes { get; init; } = 15;

    /// <summary>A claim needs an F code.</summary>
    public bool IsInviteOnly { get; init; }

    /// <summary>The promotion that opens and closes it, beside its own window; null for none.</summary>
    [PromotionId]
    public string? PromotionId { get; init; }

    public FlashSaleTerms Terms() => new(SkuId, PriceFen, PerMember, PayMinutes, IsHot, IsInviteOnly);

    public ActivityPlan Plan() => new(
        Name, StartsAt, EndsAt, [new ActivityGoods(SkuId, Pieces, Shards)], FlashSalePlanRules.AftermathOf(PayMinutes),
        PromotionId);
}

/// <summary>What a flash sale may be. Pure.</summary>
public static class FlashSalePlanRules
{
    public const long PriceFenMax = 100_000_000;
    public const int PerMemberMax = 10;
    public const int PayMinutesMin = 5;
    public const int PayMinutesMax = 60;

    /// <summary>
    /// From when the last order is closed to when the stock goes home: so long may it take until WeChat says that
    /// nobody can pay it any more.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    /// <summary>All claims have ended before the stock goes home.</summary>
    public static TimeSpan AftermathOf(int payMinutes) => TimeSpan.FromMinutes(payMinutes) + Settling;

    /// <summary>Why a plan makes no sense, or null.</summary>
    public static Refusal? WhyUnsound(ActivityPlan plan, FlashSaleTerms terms)
    {
        var goods = plan.Goods.Single();
        if (goods.Shards > 1 && !terms.IsHot) return FlashSaleRefusals.NeedsHeat;
        if (goods.Shards > goods.Pieces) return FlashSaleRefusals.TooManyShards;
        return goods.Pieces > goods.Shards * DropRules.PiecesPerShardMax
            ? FlashSaleRefusals.TooFewShards
            : ActivityRules.WhyUnsound(plan);
    }
}
