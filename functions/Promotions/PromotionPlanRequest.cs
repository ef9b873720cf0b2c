using System.ComponentModel.DataAnnotations;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Promotions;

/// <summary>What marketing says of a promotion, when it drafts one and when it changes it.</summary>
public record PromotionPlanRequest
{
    [Text(1, 40)]
    public required string Name { get; init; }

    /// <summary>To the second.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>To the second; from then on nothing is open any more.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Within these dates only at such hours; all the time when there is none.</summary>
    [Items(0, ScheduleRules.HoursMax)]
    public IReadOnlyList<OpenHoursBody> Hours { get; init; } = [];

    public AudienceKind Audience { get; init; }

    /// <summary>For <c>tiers</c>: their codes.</summary>
    [TierCodes]
    public IReadOnlyList<string>? TierCodes { get; init; }

    /// <summary>For <c>newMembers</c>: so many days from the registration on.</summary>
    [Whole(1, AudienceRules.NewDaysMax)]
    public int? NewDays { get; init; }

    /// <summary>For <c>tagged</c>: whoever has one of these tags.</summary>
    [TagIds]
    public IReadOnlyList<string>? TagIds { get; init; }

    /// <summary>Coupons that members get under it in all; null for no limit but their stock.</summary>
    [Whole(1, PromotionPlanRules.CouponsLimit)]
    public int? CouponsMax { get; init; }

    /// <summary>What it opens and closes; each says itself, too, that it belongs to the promotion.</summary>
    [Items(0, PromotionPlanRules.PartsMax)]
    public IReadOnlyList<PartBody> Parts { get; init; } = [];

    /// <summary>Why; it stands in the audit.</summary>
    [Text(2, 200)]
    public required string Reason { get; init; }

    /// <summary>The plan that it asks for.</summary>
    public PromotionPlan Plan() => new(
        Name,
        new PromotionSchedule(
            ToTheSecond(StartsAt), ToTheSecond(EndsAt), [.. Hours.Select(hours => hours.ToHours())]),
        new Audience(Audience, TierCodes, NewDays, TagIds),
        CouponsMax,
        [.. Parts.Select(part => new PromotionPart(part.Kind, part.Id))]);

    // As answers tell it: what was read and is sent back is the same.
    private static DateTimeOffset ToTheSecond(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}

/// <summary>Hours in China that come back each week, as operators write them.</summary>
public sealed record OpenHoursBody
{
    /// <summary>On which they begin; every day when null.</summary>
    [Length(1, ScheduleRules.DaysPerWeek, ErrorMessage = "须为 1 至 7 天")]
    public IReadOnlyList<DayOfWeek>? Weekdays { get; init; }

    /// <summary>The hour from which.</summary>
    [Whole(0, ScheduleRules.HoursPerDay - 1)]
    public required int FromHour { get; init; }

    /// <summary>The hour from which no longer; of the day after when it is not later than the first.</summary>
    [Whole(1, ScheduleRules.HoursPerDay)]
    public required int UntilHour { get; init; }

    public OpenHours ToHours() =>
        new([.. (Weekdays ?? Enum.GetValues<DayOfWeek>()).Distinct().Order()], FromHour, UntilHour);
}

/// <summary>A part, as operators write it.</summary>
public sealed record PartBody
{
    public required PartKind Kind { get; init; }

    /// <summary>Of the template, the price promotion or the activity.</summary>
    [PromotionId]
    public required string Id { get; init; }
}

/// <summary>A list of codes of tiers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TierCodesAttribute : LengthAttribute
{
    public TierCodesAttribute()
        : base(1, AudienceRules.TiersMax) =>
        ErrorMessage = $"须为 1 至 {AudienceRules.TiersMax} 个等级编号";

    public override bool IsValid(object? value) =>
        value is null || (base.IsValid(value) && ((IEnumerable<string?>)value)
            .All(code => code?.Length is >= 1 and <= AudienceRules.TierCodeCharsMax));
}

/// <summary>A list of ids of tags.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagIdsAttribute : LengthAttribute
{
    public TagIdsAttribute()
        : base(1, AudienceRules.TagsMax) =>
        ErrorMessage = $"须为 1 至 {AudienceRules.TagsMax} 个标签编号";

    public override bool IsValid(object? value) =>
        value is null || (base.IsValid(value) && ((IEnumerable<string?>)value).All(Ids.IsId));
}
