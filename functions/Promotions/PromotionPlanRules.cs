using Pond.Kernel;
using Pond.Platform;

namespace Pond.Promotions;

/// <summary>CMP-01, CMP-06: the life of a promotion, which takes two operators. Pure.</summary>
public static class PromotionPlanRules
{
    public const int PartsMax = 20;
    public const int CouponsLimit = 100_000_000;

    private static readonly Dictionary<(PromotionStage Before, PromotionStage After), string> Actions = new()
    {
        [(PromotionStage.Draft, PromotionStage.Submitted)] = "submit",
        [(PromotionStage.Submitted, PromotionStage.Approved)] = "approve",
        [(PromotionStage.Submitted, PromotionStage.Draft)] = "reject",
        [(PromotionStage.Approved, PromotionStage.Paused)] = "pause",
        [(PromotionStage.Paused, PromotionStage.Approved)] = "resume",
        [(PromotionStage.Approved, PromotionStage.Ended)] = "end",
        [(PromotionStage.Paused, PromotionStage.Ended)] = "end",
        [(PromotionStage.Draft, PromotionStage.Archived)] = "archive",
        [(PromotionStage.Ended, PromotionStage.Archived)] = "archive",
    };

    /// <summary>Why a plan makes no sense, or null.</summary>
    public static Refusal? WhyUnsound(PromotionPlan plan) =>
        plan.Parts.Distinct().Count() < plan.Parts.Count
            ? PromotionPlanRefusals.DoubledPart
            : ScheduleRules.WhyUnsound(plan.Schedule) ?? AudienceRules.WhyUnsound(plan.Audience);

    /// <param name="action">Such as <c>create</c>.</param>
    public static Decision<PromotionMoved> Draft(
        Promotion? known, string id, PromotionPlan plan, string action, Act act)
    {
        if (known is not null) return PromotionPlanRefusals.Stale;
        if (WhyUnsound(plan) is { } why) return why;
        return new PromotionMoved(
            null, action, new Promotion(id, plan, PromotionStage.Draft, Version: 1, SkuIds: []), act.OperatorId,
            act.Reason, act.At);
    }

    /// <summary>A draft becomes any other; what was approved only ever lasts longer or gives more.</summary>
    /// <param name="version">That of the one which is replaced.</param>
    public static Decision<PromotionMoved> Edit(Promotion? promotion, PromotionPlan plan, int version, Act act)
    {
        if (promotion is null) return PromotionPlanRefusals.Unknown;
        if (promotion.Version != version) return PromotionPlanRefusals.Stale;
        if (WhyUnsound(plan) is { } why) return why;
        if (promotion.Stage is PromotionStage.Approved or PromotionStage.Paused)
        {
            if (promotion.IsOver(act.At)) return DoorRefusals.Ended;
            if (!IsMore(promotion.Plan, plan)) return PromotionPlanRefusals.Fixed;
        }
        else if (promotion.Stage is not PromotionStage.Draft)
        {
            return PromotionPlanRefusals.NoSuchEdge;
        }

        return Moved(promotion, "edit", promotion with { Plan = plan }, act);
    }

    /// <summary>Holds for the next call of a member.</summary>
    /// <param name="version">
    /// The one that the operator has seen; null for whichever, where nobody has to have looked: a pause has to hold at
    /// once.
    /// </param>
    /// <param name="looks">The parts as they are now, in the plan's order.</param>
    public static Decision<PromotionMoved> Move(
        Promotion? promotion, PromotionStage after, int? version, IReadOnlyList<PartLook?> looks, Act act)
    {
        if (promotion is null) return PromotionPlanRefusals.Unknown;
        if (promotion.Stage == after) return Decision<PromotionMoved>.Nothing;
        if (!Actions.TryGetValue((promotion.Stage, after), out var action)) return PromotionPlanRefusals.NoSuchEdge;
        var isOfReview = action is "submit" or "approve";
        if (version is null ? isOfReview : version != promotion.Version) return PromotionPlanRefusals.Stale;
        if ((isOfReview || action is "pause" or "resume") && promotion.IsOver(act.At)) return DoorRefusals.Ended;
        return action switch
        {
            "submit" => Submit(promotion, looks, act),
            "approve" => promotion.SubmittedBy == act.OperatorId
                ? PromotionPlanRefusals.Own
                : Moved(promotion, action, promotion with { Stage = after, ApprovedBy = act.OperatorId }, act),
            "reject" => Moved(promotion, action, promotion with { Stage = after, SubmittedBy = null }, act),
            "end" => Moved(promotion, action, promotion with { Stage = after, EndedAt = act.At }, act),
            _ => Moved(promotion, action, promotion with { Stage = after }, act),
        };
    }

    /// <summary>What it comes to now.</summary>
    public static PromotionPhase PhaseOf(Promotion promotion, DateTimeOffset now) => promotion.Stage switch
    {
        PromotionStage.Draft => PromotionPhase.Draft,
        PromotionStage.Archived => PromotionPhase.Archived,
        PromotionStage.Ended => PromotionPhase.Ended,
        PromotionStage.Submitted => PromotionPhase.Submitted,
        _ when promotion.IsOver(now) => PromotionPhase.Ended,
        PromotionStage.Paused => PromotionPhase.Paused,
        _ when now < promotion.Plan.Schedule.StartsAt => PromotionPhase.Scheduled,
        _ => ScheduleRules.IsOpen(promotion.Plan.Schedule, now) ? PromotionPhase.Live : PromotionPhase.Resting,
    };

    // What was published stays as it is, so that nobody approves one thing and opens another.
    private static Decision<PromotionMoved> Submit(Promotion promotion, IReadOnlyList<PartLook?> looks, Act act)
    {
        if (promotion.Plan.Parts.Count == 0) return PromotionPlanRefusals.NoParts;
        if (looks.Count != promotion.Plan.Parts.Count
            || !looks.All(look => look is { IsPublished: true } && look.PromotionId == promotion.Id))
            return PromotionPlanRefusals.PartUnfit;
        string[] skuIds = [.. looks.SelectMany(look => look!.SkuIds).Distinct().Order(StringComparer.Ordinal)];
        return Moved(
            promotion, "submit",
            promotion with { Stage = PromotionStage.Submitted, SubmittedBy = act.OperatorId, SkuIds = skuIds }, act);
    }

    private static bool IsMore(PromotionPlan before, PromotionPlan after)
    {
        var likeBefore = after with
        {
            Schedule = after.Schedule with { EndsAt = before.Schedule.EndsAt },
            CouponsMax = before.CouponsMax,
        };
        return Stored.Write(likeBefore) == Stored.Write(before)
            && after.Schedule.EndsAt >= before.Schedule.EndsAt
            && (after.CouponsMax is null || after.CouponsMax >= before.CouponsMax);
    }

    private static PromotionMoved Moved(Promotion before, string action, Promotion after, Act act) => new(
        before, action, after with { Version = before.Version + 1 }, act.OperatorId, act.Reason, act.At);
}

/// <summary>Who does it, why, and when.</summary>
public sealed record Act(string OperatorId, string Reason, DateTimeOffset At);
