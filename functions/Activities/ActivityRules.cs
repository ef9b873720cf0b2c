using System.Text.Json;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Activities;

/// <summary>ACT-01: the life of an activity. Pure.</summary>
public static class ActivityRules
{
    /// <summary>Activities that have stock: few enough for one range to list them all.</summary>
    public const int LiveMax = 90;

    public const int GoodsMax = 20;
    public const int PiecesMax = 1_000_000;
    public const int ShardsMax = 32;

    private static readonly Dictionary<ActivityState, ActivityState[]> Edges = new()
    {
        [ActivityState.Draft] = [ActivityState.Published, ActivityState.Ended],
        [ActivityState.Publishing] = [],
        [ActivityState.Published] = [ActivityState.Paused, ActivityState.Ended],
        [ActivityState.Paused] = [ActivityState.Published, ActivityState.Ended],
        [ActivityState.Ended] = [],
        [ActivityState.Closed] = [],
    };

    /// <summary>Why a plan makes no sense, or null.</summary>
    public static Refusal? WhyUnsound(ActivityPlan plan) =>
        plan.StartsAt >= plan.EndsAt ? ActivityRefusals.BadWindow
        : plan.Goods.DistinctBy(goods => goods.SkuId).Count() < plan.Goods.Count ? ActivityRefusals.DoubledGoods
        : null;

    /// <summary>Why goods are not on offer at these prices, or null: a price is below what the SKU costs.</summary>
    /// <param name="prices">Of one piece, by SKU.</param>
    public static Refusal? WhyNoSale(
        IReadOnlyDictionary<string, Sku> skus, IReadOnlyList<(string SkuId, long PriceFen)> prices) =>
        prices.Any(one => !skus.TryGetValue(one.SkuId, out var sku) || !sku.IsOnSale || one.PriceFen >= sku.PriceFen)
            ? ActivityRefusals.NotASale
            : null;

    public static Decision<ActivityEvent> Draft(
        ActivityBoard board,
        string id,
        ActivityKind kind,
        ActivityPlan plan,
        JsonElement terms,
        string operatorId,
        DateTimeOffset now)
    {
        if (board.Activity is not null) return ActivityRefusals.Taken;
        if (WhyUnsound(plan) is { } why) return why;
        return new ActivityEvent.Drafted(
            new Activity(id, kind, plan, terms, ActivityState.Draft, Version: 1), operatorId, now);
    }

    /// <summary>
    /// Holds for the next call. What is published first takes its stock: see <see cref="SettlePublishing"/>.
    /// </summary>
    /// <param name="wants">What the SKUs' stock is asked for, should it be published.</param>
    public static Decision<ActivityEvent> ChangeState(
        ActivityBoard board,
        ActivityState after,
        IReadOnlyList<StockWant> wants,
        string operatorId,
        DateTimeOffset now)
    {
        if (board.Activity is not { } activity) return ActivityRefusals.Missing;
        var isPublishing = activity.State is ActivityState.Publishing && after is ActivityState.Published;
        if (activity.State == after || isPublishing) return Decision<ActivityEvent>.Nothing;
        if (!Edges[activity.State].Contains(after)) return ActivityRefusals.NoSuchEdge;
        if (after is ActivityState.Ended)
        {
            return activity.State is ActivityState.Draft
                ? Move(activity, ActivityState.Closed, operatorId, now)
                : Move(activity with { EndedAt = now }, after, operatorId, now, activity.State);
        }

        if (after is ActivityState.Published && activity.Ends <= now) return ActivityRefusals.BadWindow;
        if (activity.State is not ActivityState.Draft) return Move(activity, after, operatorId, now);
        return board.Live.Count >= LiveMax
            ? ActivityRefusals.TooManyLive
            : Move(activity with { Wants = wants }, ActivityState.Publishing, operatorId, now);
    }

    /// <summary>Its stock is there, or cannot be had: then it is a draft again.</summary>
    /// <param name="version">That of the try: what a former one heard changes nothing.</param>
    public static Decision<ActivityEvent> SettlePublishing(
        ActivityBoard board, long version, bool hasStock, DateTimeOffset now) =>
        board.Activity is { State: ActivityState.Publishing } activity && activity.Version == version
            ? Move(
                activity with { Wants = null, PublishedAt = hasStock ? now : null },
                hasStock ? ActivityState.Published : ActivityState.Draft, operatorId: null, now)
            : Decision<ActivityEvent>.Nothing;

    /// <summary>Its stock has gone home.</summary>
    public static Decision<ActivityEvent> Close(ActivityBoard board, DateTimeOffset now) =>
        board.Activity is { } activity && IsToClose(activity, now)
            ? Move(activity, ActivityState.Closed, operatorId: null, now)
            : Decision<ActivityEvent>.Nothing;

    /// <summary>Whether nothing goes on in it any more, and its stock has not gone home.</summary>
    public static bool IsToClose(Activity activity, DateTimeOffset now) =>
        activity.HasStock && activity.State is not ActivityState.Publishing && activity.StockUntil <= now;

    private static ActivityEvent.Moved Move(
        Activity activity, ActivityState after, string? operatorId, DateTimeOffset now, ActivityState? before = null) =>
        new(
            before ?? activity.State, activity with { State = after, Version = activity.Version + 1 }, operatorId, now);
}

/// <summary>What a decision about an activity looks at.</summary>
/// <param name="Activity">Null when there is none of that id.</param>
/// <param name="Live">Every one that has stock.</param>
/// <param name="Version">Of all of them together: grows with every change of any.</param>
public sealed record ActivityBoard(Activity? Activity, IReadOnlyList<Activity> Live, long Version)
{
    public static ActivityBoard Evolve(ActivityBoard board, ActivityEvent fact) => new(
        fact.Activity,
        [
            .. board.Live.Where(one => one.Id != fact.Activity.Id),
            .. fact.Activity.HasStock ? [fact.Activity] : (Activity[])[],
        ],
        board.Version + 1);
}
