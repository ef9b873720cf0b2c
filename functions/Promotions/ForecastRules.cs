namespace Pond.Promotions;

/// <summary>
/// CMP-07: what a promotion may come to, and what it may get in the way of. Pure. The estimate is a plain one: of so
/// many members a stated share takes each part once; nobody takes what is not there.
/// </summary>
public static class ForecastRules
{
    private const int WholeBp = 10_000;

    /// <summary>What is to be expected of one part.</summary>
    /// <param name="members">Who may come.</param>
    /// <param name="takeUpBp">The share of them that takes it, in hundredths of a percent.</param>
    public static PartForecast Forecast(PromotionPart part, PartLook? look, long members, int takeUpBp)
    {
        var wanted = ((members * takeUpBp) + WholeBp - 1) / WholeBp;
        var claims = Math.Min(wanted, look?.Stock ?? wanted);
        return new PartForecast(
            part.Kind, part.Id, look?.Name, look is { IsPublished: true }, wanted, claims,
            look?.MostFen * claims, PressureBp(wanted, look?.Stock));
    }

    /// <summary>How much is wanted of what there is: 10,000 is just all of it. Null where nothing limits it.</summary>
    public static long? PressureBp(long wanted, int? limit) => limit is { } most ? wanted * WholeBp / most : null;

    /// <summary>Which others are for the same goods at the same time. A warning, and no more.</summary>
    /// <param name="skuIds">Of the promotion's parts, as they are now.</param>
    public static IReadOnlyList<PromotionOverlap> Overlaps(
        Promotion promotion, IReadOnlyCollection<string> skuIds, IEnumerable<Promotion> others)
    {
        var mine = promotion.Plan.Schedule;
        return
        [
            .. from other in others
               where other.Id != promotion.Id
                   && other.Stage is PromotionStage.Submitted or PromotionStage.Approved or PromotionStage.Paused
                   && other.Plan.Schedule.StartsAt < mine.EndsAt && mine.StartsAt < other.Plan.Schedule.EndsAt
               let goods = other.SkuIds.Intersect(skuIds, StringComparer.Ordinal).ToArray()
               let parts = other.Plan.Parts.Intersect(promotion.Plan.Parts).ToArray()
               where goods.Length > 0 || parts.Length > 0
               select new PromotionOverlap(other.Id, other.Plan.Name, goods, parts),
        ];
    }
}

/// <summary>What is to be expected of a part.</summary>
/// <param name="Name">Null when there is no such thing.</param>
/// <param name="IsReady">Whether it is published, without which nothing can be submitted.</param>
/// <param name="Wanted">How many would take it.</param>
/// <param name="Claims">How many get it.</param>
/// <param name="CostFen">What it takes off for them at most; null when that depends on the cart.</param>
/// <param name="PressureBp">
/// How much is wanted of what there is: 10,000 is just all of it; null without a limit.
/// </param>
public sealed record PartForecast(
    PartKind Kind, string Id, string? Name, bool IsReady, long Wanted, long Claims, long? CostFen, long? PressureBp);

/// <summary>Another promotion for the same at the same time.</summary>
public sealed record PromotionOverlap(
    string PromotionId, string Name, IReadOnlyList<string> SkuIds, IReadOnlyList<PromotionPart> Parts);
