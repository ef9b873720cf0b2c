using Pond.Activities;
using Pond.Platform.Http;
using Pond.Products;
using Pond.Promotions;

namespace Pond.GroupBuys;

/// <summary>What marketing says of a group-buy.</summary>
public sealed record GroupBuyRequest
{
    [Text(1, 40)]
    public required string Name { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    [Items(1, ActivityRules.GoodsMax)]
    public required IReadOnlyList<GroupGoodsBody> Goods { get; init; }

    /// <summary>From the smallest group up.</summary>
    [Items(1, GroupBuyRules.StepsMax)]
    public required IReadOnlyList<GroupStepBody> Steps { get; init; }

    /// <summary>How long a group has from its start.</summary>
    [Whole(GroupBuyRules.GroupMinutesMin, GroupBuyRules.GroupMinutesMax)]
    public int GroupMinutes { get; init; } = 24 * 60;

    /// <summary>How long a seat is kept for whoever is to pay; the order can be paid for longer.</summary>
    [Whole(GroupBuyRules.SeatMinutesMin, GroupBuyRules.SeatMinutesMax)]
    public int SeatMinutes { get; init; } = 10;

    [Whole(1, GroupBuyRules.PiecesPerOrderMax)]
    public int PiecesPerOrderMax { get; init; } = 1;

    [Whole(1, GroupBuyRules.OrdersPerMemberMax)]
    public int OrdersPerMemberMax { get; init; } = 1;

    public JoinerRule Joiners { get; init; }

    /// <summary>Whether who pays too late for a group may come into another one.</summary>
    public bool HasMatching { get; init; }

    /// <summary>Off when null: a group that is short counts as whole from so much of its first size on.</summary>
    [Whole(GroupBuyRules.VirtualFillBpMin, 9_999)]
    public int? VirtualFillBp { get; init; }

    /// <summary>The promotion that opens and closes it, beside its own window; null for none.</summary>
    [PromotionId]
    public string? PromotionId { get; init; }

    public ActivityPlan Plan() => new(
        Name, StartsAt, EndsAt, [.. Goods.Select(one => new ActivityGoods(one.SkuId, one.Pieces))],
        TimeSpan.FromMinutes(GroupMinutes) + GroupBuyRules.Slack, PromotionId);

    public GroupBuyTerms Terms() => new(
        [
            .. Goods.Select(one => new GroupPrice(
                one.SkuId, one.PriceFen, one.LeaderFen ?? one.PriceFen, one.NewcomerFen ?? one.PriceFen)),
        ],
        [.. Steps.Select(step => new GroupStep(step.Size, step.OffFen))],
        GroupMinutes, SeatMinutes, PiecesPerOrderMax, OrdersPerMemberMax, Joiners, HasMatching, VirtualFillBp);
}

/// <summary>Goods of a group-buy.</summary>
public sealed record GroupGoodsBody
{
    [GoodsId]
    public required string SkuId { get; init; }

    /// <summary>Of the SKU's stock.</summary>
    [Whole(1, ActivityRules.PiecesMax)]
    public required int Pieces { get; init; }

    /// <summary>What one piece costs in a group.</summary>
    [Whole(1, GroupBuyRules.FenMax)]
    public required long PriceFen { get; init; }

    /// <summary>The same for whoever starts a group; null for no difference.</summary>
    [Whole(1, GroupBuyRules.FenMax)]
    public long? LeaderFen { get; init; }

    /// <summary>The same for a newcomer who joins; null for no difference.</summary>
    [Whole(1, GroupBuyRules.FenMax)]
    public long? NewcomerFen { get; init; }
}

/// <summary>A size of a group.</summary>
public sealed record GroupStepBody
{
    [Whole(GroupBuyRules.SizeMin, GroupBuyRules.SizeMax)]
    public required int Size { get; init; }

    /// <summary>What a piece costs less for everybody from this size on; 0 for the first.</summary>
    [Whole(0, GroupBuyRules.FenMax)]
    public long OffFen { get; init; }
}
