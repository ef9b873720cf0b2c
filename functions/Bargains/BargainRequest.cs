using Pond.Activities;
using Pond.Platform.Http;
using Pond.Products;
using Pond.Promotions;

namespace Pond.Bargains;

/// <summary>What marketing says of a bargain.</summary>
public sealed record BargainRequest
{
    private const int CutsTold = 1_000; // what is too many for WeChat is refused by a rule that says so

    [Text(1, 40)]
    public required string Name { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    [GoodsId]
    public required string SkuId { get; init; }

    /// <summary>That leave the SKU's stock when it is published.</summary>
    [Whole(1, ActivityRules.PiecesMax)]
    public required int Pieces { get; init; }

    /// <summary>Parts that they are kept in: 1 unless a rush is expected.</summary>
    [Whole(1, ActivityRules.ShardsMax)]
    public int Shards { get; init; } = 1;

    /// <summary>Before the first cut; what the SKU costs now when it is not said.</summary>
    [Whole(1, BargainRules.PriceFenMax)]
    public long? StartFen { get; init; }

    /// <summary>After the last cut.</summary>
    [Whole(1, BargainRules.PriceFenMax)]
    public required long FloorFen { get; init; }

    /// <summary>How many cuts lead to the floor.</summary>
    [Whole(1, CutsTold)]
    public required int Cuts { get; init; }

    /// <summary>That an attempt is open.</summary>
    [Whole(1, BargainRules.HoursMax)]
    public required int Hours { get; init; }

    /// <summary>The least share that a cut takes of what it could, in hundredths of a percent.</summary>
    [Whole(1, BargainRules.ShareBpMax)]
    public int ShareMinBp { get; init; } = 2_000;

    /// <summary>The largest one, itself included.</summary>
    [Whole(1, BargainRules.ShareBpMax)]
    public int ShareMaxBp { get; init; } = 5_000;

    public required BargainMode Mode { get; init; }

    /// <summary>How often one member helps on a day, in all bargains together.</summary>
    [Whole(1, BargainRules.HelpsPerDayMax)]
    public int HelpsPerDay { get; init; } = 3;

    [Whole(1, BargainRules.AttemptsPerMemberMax)]
    public int AttemptsPerMember { get; init; } = 1;

    /// <summary>Whether one of the cuts may be by whoever began.</summary>
    public bool IsOwnerCutAllowed { get; init; }

    /// <summary>Whether only members who registered lately help.</summary>
    public bool NewHelpersOnly { get; init; }

    /// <summary>Whether such a member makes the largest cut that is left.</summary>
    public bool HasNewcomerStep { get; init; }

    /// <summary>What shoppers read beside the rule that follows from all this.</summary>
    [Text(BargainRules.DetailsCharsMin, BargainRules.DetailsCharsMax)]
    public required string Details { get; init; }

    /// <summary>Whether shoppers are not told how many cuts it takes: WeChat forbids it.</summary>
    public bool IsCountHidden { get; init; }

    /// <summary>What friends must do beside helping: WeChat allows nothing.</summary>
    public HelpCondition Condition { get; init; }

    /// <summary>The promotion that opens and closes it, beside its own window; null for none.</summary>
    [PromotionId]
    public string? PromotionId { get; init; }

    /// <param name="listFen">What the SKU costs now.</param>
    public BargainTerms Terms(long listFen) => new(
        SkuId, StartFen ?? listFen, FloorFen, Cuts, Hours, ShareMinBp, ShareMaxBp, Mode, HelpsPerDay,
        AttemptsPerMember, IsOwnerCutAllowed, NewHelpersOnly, HasNewcomerStep, Details);

    /// <summary>Its goods come home at its end: what orders have kept by then stays theirs.</summary>
    public ActivityPlan Plan() => new(
        Name, StartsAt, EndsAt, [new ActivityGoods(SkuId, Pieces, Shards)], TimeSpan.Zero, PromotionId);
}
