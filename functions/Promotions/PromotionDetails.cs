namespace Pond.Promotions;

/// <summary>A promotion as operators see it.</summary>
/// <param name="Phase">What it comes to now, by its stage and the clock.</param>
/// <param name="Version">To send along with a change.</param>
/// <param name="NextChangeAt">When it opens or closes next by its schedule; null when it does not any more.</param>
/// <param name="SubmittedBy">The operator who asked for the approval.</param>
/// <param name="ApprovedBy">The other one, who gave it.</param>
public sealed record PromotionDetails(
    string PromotionId,
    string Name,
    PromotionPhase Phase,
    PromotionStage Stage,
    int Version,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<OpenHours> Hours,
    Audience Audience,
    int? CouponsMax,
    IReadOnlyList<PromotionPart> Parts,
    DateTimeOffset? NextChangeAt,
    string? SubmittedBy,
    string? ApprovedBy)
{
    public static PromotionDetails Of(Promotion promotion, DateTimeOffset now)
    {
        var plan = promotion.Plan;
        return new PromotionDetails(
            promotion.Id, plan.Name, PromotionPlanRules.PhaseOf(promotion, now), promotion.Stage, promotion.Version,
            plan.Schedule.StartsAt, plan.Schedule.EndsAt, plan.Schedule.Hours, plan.Audience, plan.CouponsMax,
            plan.Parts, ScheduleRules.NextChange(plan.Schedule, now), promotion.SubmittedBy, promotion.ApprovedBy);
    }
}
