using Pond.Kernel;
using Pond.Products;

namespace Pond.Pricing;

/// <summary>FUL-01: the life of a promotion, and which terms make sense. Pure.</summary>
public static class PromotionRules
{
    /// <summary>
    /// Published ones: few enough for every price to read them all, and for one batch to clear away all whose time is
    /// over.
    /// </summary>
    public const int LiveMax = 90;

    public const int StepsMax = 10;
    public const long FenMax = 100_000_000;
    public const int PiecesMax = 10_000;
    public const int OffBpMax = 9_900;
    public const int PriorityMax = 1_000;
    public const int UsesMax = 10_000_000;
    public const int UsesPerMemberMax = 1_000;
    public const long BudgetFenMax = 1_000_000_000_000;
    public const int CouponsPerStepMax = 3;
    public const int PointsMax = 1_000_000;
    public const int GroupsMax = 10;
    public const int GroupCharsMax = 20;
    public const int NthMax = 10;

    private static readonly Dictionary<PromotionState, PromotionState[]> Edges = new()
    {
        [PromotionState.Draft] = [PromotionState.Published, PromotionState.Ended],
        [PromotionState.Published] = [PromotionState.Paused, PromotionState.Ended],
        [PromotionState.Paused] = [PromotionState.Published, PromotionState.Ended],
        [PromotionState.Ended] = [],
    };

    public static Decision<PromotionEvent> Draft(
        PromotionBoard board, string id, PromotionTerms terms, string operatorId, DateTimeOffset now)
    {
        if (board.Promotion is not null) return PromotionRefusals.Taken;
        if (WhyUnsound(terms) is { } why) return why;

        return new PromotionEvent.Drafted(
            new PricePromotion(id, terms, PromotionState.Draft, Version: 1), operatorId, now);
    }

    /// <summary>A draft gets other terms; what has been published keeps them.</summary>
    public static Decision<PromotionEvent> Redraft(
        PromotionBoard board, PromotionTerms terms, string operatorId, DateTimeOffset now)
    {
        if (board.Promotion is not { } promotion) return PromotionRefusals.Missing;
        if (promotion.State is not PromotionState.Draft) return PromotionRefusals.NoSuchEdge;
        if (WhyUnsound(terms) is { } why) return why;

        var changed = promotion with { Terms = terms, Version = promotion.Version + 1 };
        return new PromotionEvent.Redrafted(promotion.Terms.Name, changed, operatorId, now);
    }

    /// <summary>Holds for the next price that is asked for. What overlaps is told, and not refused.</summary>
    public static Decision<PromotionEvent> ChangeState(
        PromotionBoard board, PromotionState after, string operatorId, DateTimeOffset now)
    {
        if (board.Promotion is not { } promotion) return PromotionRefusals.Missing;
        if (promotion.State == after) return Decision<PromotionEvent>.Nothing;
        if (!Edges[promotion.State].Contains(after)) return PromotionRefusals.NoSuchEdge;

        var isPublished = after is PromotionState.Published;
        if (isPublished && promotion.Terms.EndsAt <= now) return PromotionRefusals.BadWindow;
        if (isPublished && board.Live.Count(one => now < one.Terms.EndsAt) >= LiveMax)
            return PromotionRefusals.TooManyLive;

        var changed = promotion with { State = after, Version = promotion.Version + 1 };
        string[] overlaps =
            isPublished ? [.. board.Live.Where(one => Overlap(one.Terms, promotion.Terms)).Select(one => one.Id)] : [];
        return new PromotionEvent.StateChanged(promotion.State, overlaps, changed, operatorId, now);
    }

    /// <summary>
    /// Whether two do the same to some goods at some time. An SPU may belong to a category: lists of different sorts
    /// count as overlapping.
    /// </summary>
    public static bool Overlap(PromotionTerms a, PromotionTerms b) =>
        a.Kind == b.Kind && a.StartsAt < b.EndsAt && b.StartsAt < a.EndsAt && Overlap(a.Scope, b.Scope);

    /// <summary>Why terms make no sense, or null.</summary>
    public static Refusal? WhyUnsound(PromotionTerms terms)
    {
        if (terms.StartsAt >= terms.EndsAt) return PromotionRefusals.BadWindow;
        var given = (terms.Price is not null, terms.Reduction is not null, terms.Nth is not null,
            terms.Bundle is not null);
        return (terms.Kind, given) switch
        {
            (PromotionKind.LimitedTimePrice, (true, false, false, false)) =>
                (terms.Price!.OffBp is null) == (terms.Price.PriceFen is null) ? PromotionRefusals.BadPrice : null,
            (PromotionKind.FullReduction, (false, true, false, false)) => WhyUnsound(terms.Reduction!, terms.Limits),
            (PromotionKind.NthItem, (false, false, true, false)) => null,
            (PromotionKind.Bundle, (false, false, false, true)) => null,
            _ => PromotionRefusals.BadKind,
        };
    }

    private static Refusal? WhyUnsound(FullReduction reduction, UseLimits limits)
    {
        var steps = reduction.Steps;
        if (steps.Any(step => (step.LeastFen is null) == (step.LeastPieces is null))
            || steps.Select(step => step.LeastFen is null).Distinct().Count() > 1
            || steps.Zip(steps.Skip(1)).Any(pair => !IsAbove(pair.Second, pair.First)))
            return PromotionRefusals.BadSteps;
        if (steps.Any(step => step.OffFen >= step.LeastFen)) return PromotionRefusals.BadOff;
        if (steps.Any(step => !IsWorthSomething(step))) return PromotionRefusals.NoStepBenefit;
        if (reduction.IsEvery && (steps.Count > 1 || steps.Any(step => step.IsFreeShipping)))
            return PromotionRefusals.BadEvery;
        return limits.BudgetFen is not null && steps.All(step => step.OffFen == 0) ? PromotionRefusals.BadBudget : null;
    }

    private static bool IsAbove(ReductionStep step, ReductionStep below) =>
        step.Least() > below.Least() && step.OffFen >= below.OffFen && step.Points >= below.Points;

    private static bool IsWorthSomething(ReductionStep step) =>
        step.OffFen > 0 || step.IsFreeShipping || step.GiftSkuId is not null || step.Points > 0
        || step.CouponTemplateIds.Count > 0;

    private static bool Overlap(GoodsScope a, GoodsScope b)
    {
        var (mine, theirs) = (Lists(a), Lists(b));
        if (mine.All(list => list is null) || theirs.All(list => list is null)) return true;
        for (var i = 0; i < mine.Length; i++)
        {
            for (var j = 0; j < theirs.Length; j++)
            {
                if (mine[i] is not { } some || theirs[j] is not { } others) continue;
                if (i != j || some.Intersect(others, StringComparer.Ordinal).Any()) return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string>?[] Lists(GoodsScope scope) =>
        [scope.CategoryIds, scope.SpuIds, scope.SkuIds];
}
