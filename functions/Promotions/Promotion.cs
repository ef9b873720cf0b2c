using Pond.Kernel;

namespace Pond.Promotions;

/// <summary>CMP-01: coupons, full reductions, group-buys, bargains and flash sales under one schedule.</summary>
/// <param name="Id">Sorts by the time of its creation.</param>
/// <param name="Version">1, 2, 3 … with every change.</param>
/// <param name="SkuIds">Goods of its parts, as far as they name them, as of when it was submitted.</param>
/// <param name="SubmittedBy">The operator who asked for the approval; null while none is asked for.</param>
/// <param name="ApprovedBy">Another operator; null before that.</param>
/// <param name="EndedAt">When an operator ended it; null while nobody has.</param>
public sealed record Promotion(
    string Id,
    PromotionPlan Plan,
    PromotionStage Stage,
    int Version,
    IReadOnlyList<string> SkuIds,
    string? SubmittedBy = null,
    string? ApprovedBy = null,
    DateTimeOffset? EndedAt = null)
{
    /// <summary>Why a part of it is not open now, or null. The clock decides, not a timer.</summary>
    public Refusal? WhyShut(PromotionPart part, DateTimeOffset now)
    {
        if (Stage is PromotionStage.Ended or PromotionStage.Archived || IsOver(now)) return DoorRefusals.Ended;
        if (Stage is PromotionStage.Paused) return DoorRefusals.Paused;
        return Stage is PromotionStage.Approved && Plan.Parts.Contains(part)
            && ScheduleRules.IsOpen(Plan.Schedule, now)
            ? null
            : DoorRefusals.NotOpen;
    }

    /// <summary>Whether its time is over, whatever anybody does.</summary>
    public bool IsOver(DateTimeOffset now) => now >= Plan.Schedule.EndsAt;
}

/// <summary>What marketing plans.</summary>
/// <param name="CouponsMax">Coupons that members get under it in all; null for no limit but the stock.</param>
public sealed record PromotionPlan(
    string Name,
    PromotionSchedule Schedule,
    Audience Audience,
    int? CouponsMax,
    IReadOnlyList<PromotionPart> Parts);

/// <summary>One thing that the promotion opens and closes. It says itself, too, that it belongs there.</summary>
public sealed record PromotionPart(PartKind Kind, string Id);

/// <summary>What can be a part. Stored by name: never rename one.</summary>
public enum PartKind
{
    CouponTemplate,

    /// <summary>满减 and the like.</summary>
    PricePromotion,
    GroupBuy,
    Bargain,
    FlashSale,
}

/// <summary>
/// CMP-01: what operators have done with it. Scheduled, live and over follow from the clock. Stored by name: never
/// rename one.
/// </summary>
public enum PromotionStage
{
    Draft,

    /// <summary>Waits for another operator to look.</summary>
    Submitted,

    /// <summary>Opens and closes by its schedule.</summary>
    Approved,

    /// <summary>Nothing of it can be begun.</summary>
    Paused,
    Ended,

    /// <summary>Out of sight. Final.</summary>
    Archived,
}

/// <summary>What a promotion comes to, by its stage and the clock.</summary>
public enum PromotionPhase
{
    Draft,
    Submitted,

    /// <summary>Approved, and its time has not come.</summary>
    Scheduled,

    /// <summary>Open now.</summary>
    Live,

    /// <summary>Between two of its hours.</summary>
    Resting,
    Paused,

    /// <summary>By an operator, or because its time is over.</summary>
    Ended,
    Archived,
}

/// <summary>An operator has changed a promotion.</summary>
/// <param name="Before">Null for a new one.</param>
/// <param name="Action">Such as <c>submit</c>.</param>
/// <param name="After">As it is from now on.</param>
public sealed record PromotionMoved(
    Promotion? Before, string Action, Promotion After, string OperatorId, string Reason, DateTimeOffset At);
