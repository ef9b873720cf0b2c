using System.Text.Json;
using System.Text.Json.Serialization;
using Pond.Kernel;
using Pond.Platform;
using Pond.Products;

namespace Pond.Activities;

/// <summary>A group-buy, a bargain or a flash sale: what all of them have in common.</summary>
/// <param name="Id">Sorts by the time of its creation.</param>
/// <param name="Terms">An object that only its own slice understands; see <see cref="TermsAs{T}"/>.</param>
/// <param name="Version">1, 2, 3 … with every change.</param>
/// <param name="EndedAt">When an operator ended it before its time; else null.</param>
/// <param name="Wants">
/// What the SKUs' stock is asked for while it is being published, as the SKUs were when that began: so that whoever
/// goes on with it asks the same. Else null.
/// </param>
/// <param name="PublishedAt">Since when shoppers know it; null when they never did.</param>
public sealed record Activity(
    string Id,
    ActivityKind Kind,
    ActivityPlan Plan,
    JsonElement Terms,
    ActivityState State,
    long Version,
    DateTimeOffset? EndedAt = null,
    IReadOnlyList<StockWant>? Wants = null,
    DateTimeOffset? PublishedAt = null)
{
    /// <exception cref="JsonException">Not what a slice wrote: stop, never guess.</exception>
    public JsonElement Terms { get; init; } =
        Terms.ValueKind is JsonValueKind.Object ? Terms : throw new JsonException("Terms are an object.");

    /// <summary>From then on nobody begins anything in it: the window is half-open.</summary>
    [JsonIgnore]
    public DateTimeOffset Ends => EndedAt < Plan.EndsAt ? EndedAt.Value : Plan.EndsAt;

    /// <summary>From then on nothing that was begun in it goes on, and its stock goes home.</summary>
    [JsonIgnore]
    public DateTimeOffset StockUntil => Ends + Plan.Aftermath;

    /// <summary>Whether it keeps a part of the stock.</summary>
    [JsonIgnore]
    public bool HasStock => State is not (ActivityState.Draft or ActivityState.Closed);

    /// <summary>ACT-02: why nothing can be begun in it now, or null. The clock decides, not a timer.</summary>
    public Refusal? WhyNot(DateTimeOffset now) => State switch
    {
        ActivityState.Published when now < Plan.StartsAt => ActivityRefusals.NotOpen,
        ActivityState.Published when now < Ends => null,
        ActivityState.Paused when now < Ends => ActivityRefusals.Paused,
        ActivityState.Draft or ActivityState.Publishing => ActivityRefusals.Missing,
        _ => ActivityRefusals.Over,
    };

    /// <summary>The terms as its own slice wrote them.</summary>
    public T TermsAs<T>() => Stored.Read<T>(Terms);

    /// <summary>Which part of whose stock it has.</summary>
    public IReadOnlyList<Allotment> Allotments() => [.. Plan.Goods.Select(Allotment)];

    /// <summary>The same of one SKU; null of one that is not in it.</summary>
    public Allotment? AllotmentOf(string skuId) =>
        Plan.Goods.Where(goods => goods.SkuId == skuId).Select(Allotment).FirstOrDefault();

    private Allotment Allotment(ActivityGoods goods) =>
        new($"{Id}.{goods.SkuId}", goods.SkuId, goods.Pieces, goods.Shards);
}

/// <summary>When, and with what.</summary>
/// <param name="Aftermath">How long what was begun may go on after the end.</param>
/// <param name="PromotionId">The promotion that opens and closes it, beside its own window; null for none.</param>
public sealed record ActivityPlan(
    string Name,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<ActivityGoods> Goods,
    TimeSpan Aftermath,
    string? PromotionId = null);

/// <summary>Pieces of a SKU that belong to the activity from its publication on.</summary>
/// <param name="Shards">Parts that they are kept in: 1 unless a rush is expected.</param>
public sealed record ActivityGoods(string SkuId, int Pieces, int Shards = 1);

/// <summary>Stored by name: never rename one.</summary>
public enum ActivityKind
{
    /// <summary>拼团.</summary>
    GroupBuy,

    /// <summary>砍价.</summary>
    Bargain,

    /// <summary>秒杀.</summary>
    FlashSale,
}

/// <summary>ACT-01. Stored by name: never rename one.</summary>
public enum ActivityState
{
    Draft,

    /// <summary>Its stock is being taken out of the SKUs'.</summary>
    Publishing,

    /// <summary>Open within its window.</summary>
    Published,
    Paused,

    /// <summary>By an operator, before its time: what was begun goes on.</summary>
    Ended,

    /// <summary>Its stock is back. Final.</summary>
    Closed,
}

/// <summary>What can happen to an activity. The discriminators are the storage format: never change one.</summary>
/// <param name="Activity">As it is from now on.</param>
/// <param name="OperatorId">Who stands behind it; null for the app.</param>
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Moved), "moved")]
public abstract record ActivityEvent(Activity Activity, string? OperatorId, DateTimeOffset At)
{
    public sealed record Drafted(Activity Activity, string? OperatorId, DateTimeOffset At)
        : ActivityEvent(Activity, OperatorId, At);

    public sealed record Moved(ActivityState Before, Activity Activity, string? OperatorId, DateTimeOffset At)
        : ActivityEvent(Activity, OperatorId, At);
}

/// <summary>The "no"s of activities.</summary>
public static class ActivityRefusals
{
    public static readonly Refusal Missing = new("activity.missing", RefusalKind.Missing, "没有找到该活动。");
    public static readonly Refusal NotOpen = new("activity.not_open", RefusalKind.Conflict, "活动还没有开始。");
    public static readonly Refusal Paused = new("activity.paused", RefusalKind.Conflict, "活动已暂停，请稍后再来。");
    public static readonly Refusal Over = new("activity.over", RefusalKind.Conflict, "活动已经结束。");
    public static readonly Refusal Taken = new("activity.taken", RefusalKind.Conflict, "该活动编号已被占用。");
    public static readonly Refusal NoSuchEdge =
        new("activity.no_such_edge", RefusalKind.Conflict, "活动当前的状态不能这样变更。");

    public static readonly Refusal BadWindow =
        new("activity.bad_window", RefusalKind.Invalid, "结束时间须晚于开始时间，且不早于现在。");

    public static readonly Refusal DoubledGoods =
        new("activity.doubled_goods", RefusalKind.Invalid, "同一规格不能在一个活动中出现两次。");

    public static readonly Refusal TooManyLive =
        new("activity.too_many_live", RefusalKind.Conflict, "进行中的活动过多，请先结束部分活动。");

    public static readonly Refusal NoStock =
        new("activity.no_stock", RefusalKind.Exhausted, "商品库存不足，活动没有发布。");

    public static readonly Refusal NotASale =
        new("activity.not_a_sale", RefusalKind.Invalid, "活动价须低于商品原价，且商品须在售。");
}
