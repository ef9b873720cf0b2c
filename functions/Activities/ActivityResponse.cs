using System.Text.Json;

namespace Pond.Activities;

/// <summary>An activity as operators see it.</summary>
/// <param name="Terms">As they were written when it was drafted, by its kind.</param>
/// <param name="EndsAt">Before its time if somebody ended it.</param>
/// <param name="PromotionId">Of which it is a part; null for none.</param>
/// <param name="StockUntil">From then on what is left of its stock is the SKUs' again.</param>
public sealed record ActivityResponse(
    string ActivityId,
    ActivityKind Kind,
    string Name,
    ActivityState State,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset StockUntil,
    IReadOnlyList<ActivityGoods> Goods,
    JsonElement Terms,
    long Version,
    string? PromotionId)
{
    public static ActivityResponse Of(Activity activity) => new(
        activity.Id, activity.Kind, activity.Plan.Name, activity.State, activity.Plan.StartsAt, activity.Ends,
        activity.StockUntil, activity.Plan.Goods, activity.Terms, activity.Version,
        activity.Plan.PromotionId);
}
