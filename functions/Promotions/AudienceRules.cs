using Pond.Kernel;

namespace Pond.Promotions;

/// <summary>CMP-04: who belongs to an audience. Pure.</summary>
public static class AudienceRules
{
    public const int TiersMax = 10;
    public const int TierCodeCharsMax = 32;
    public const int NewDaysMax = 366;
    public const int TagsMax = 10;

    /// <summary>Why an audience makes no sense, or null.</summary>
    public static Refusal? WhyUnsound(Audience audience) =>
        (audience.TierCodes is { Count: > 0 }) == (audience.Kind is AudienceKind.Tiers)
            && audience.NewDays is not null == (audience.Kind is AudienceKind.NewMembers)
            && (audience.TagIds is { Count: > 0 }) == (audience.Kind is AudienceKind.Tagged)
            ? null
            : PromotionPlanRefusals.BadAudience;

    /// <summary>Whether somebody belongs to it by when they registered.</summary>
    public static bool IsNew(PromotionPlan plan, DateTimeOffset registeredAt, DateTimeOffset now) =>
        plan.Audience.Kind is AudienceKind.Newcomers
            ? registeredAt >= plan.Schedule.StartsAt
            : now - registeredAt < TimeSpan.FromDays(plan.Audience.NewDays ?? 0);
}
