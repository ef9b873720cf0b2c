using System.Diagnostics;
using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-01: the life of a template. Pure.</summary>
public static class TemplateRules
{
    public const int StockMax = 1_000_000;
    public const int ShardsMax = 16;
    public const int PerMemberMax = 20;
    public const int ValidDaysMax = 366;
    public const long AmountFenMax = 100_000_000;
    public const int OffBpMax = 9_900;

    private static readonly Dictionary<TemplateState, TemplateState[]> Edges = new()
    {
        [TemplateState.Draft] = [TemplateState.Published, TemplateState.Archived],
        [TemplateState.Published] = [TemplateState.Paused, TemplateState.Ended],
        [TemplateState.Paused] = [TemplateState.Published, TemplateState.Ended],
        [TemplateState.Ended] = [TemplateState.Archived],
        [TemplateState.Archived] = [],
    };

    public static Decision<TemplateEvent> Draft(
        Template? template, CouponTerms terms, int stock, int shards, string operatorId, DateTimeOffset now)
    {
        if (template is not null) return CouponRefusals.TemplateTaken;
        if (WhyUnsound(terms) is { } why) return why;
        if (shards > stock) return CouponRefusals.BadShards;

        return new TemplateEvent.Drafted(
            new Template(terms, TemplateState.Draft, Version: 1, stock, shards), operatorId, now);
    }

    /// <summary>A draft gets other terms; what has been published keeps them.</summary>
    public static Decision<TemplateEvent> Redraft(
        Template? template, CouponTerms terms, string operatorId, DateTimeOffset now)
    {
        if (template is null) return CouponRefusals.TemplateMissing;
        if (template.State is not TemplateState.Draft) return CouponRefusals.NoSuchEdge;
        if (WhyUnsound(terms) is { } why) return why;

        var changed = template with { Terms = terms, Version = template.Version + 1 };
        return new TemplateEvent.Redrafted(template.Terms, changed, operatorId, now);
    }

    /// <summary>What the template comes to now.</summary>
    /// <param name="freeCount">Slots that nobody has claimed and no code has.</param>
    public static TemplatePhase PhaseOf(Template template, int freeCount, DateTimeOffset now) => template.State switch
    {
        TemplateState.Draft => TemplatePhase.Draft,
        TemplateState.Archived => TemplatePhase.Archived,
        TemplateState.Ended => TemplatePhase.Ended,
        _ when now >= template.Terms.ClaimUntil => TemplatePhase.Ended,
        TemplateState.Paused => TemplatePhase.Paused,
        TemplateState.Published when now < template.Terms.ClaimFrom => TemplatePhase.Scheduled,
        TemplateState.Published => freeCount > 0 ? TemplatePhase.Active : TemplatePhase.Exhausted,
        _ => throw new UnreachableException(),
    };

    public static Decision<TemplateEvent> ChangeState(
        Template? template, TemplateState after, string operatorId, DateTimeOffset now)
    {
        if (template is null) return CouponRefusals.TemplateMissing;
        if (template.State == after) return Decision<TemplateEvent>.Nothing;
        if (!Edges[template.State].Contains(after)) return CouponRefusals.NoSuchEdge;

        var changed = template with { State = after, Version = template.Version + 1 };
        return new TemplateEvent.StateChanged(template.State, changed, operatorId, now);
    }

    private static Refusal? WhyUnsound(CouponTerms terms)
    {
        if (terms.ClaimFrom >= terms.ClaimUntil) return CouponRefusals.BadWindow;
        if (!DiscountRules.IsSound(terms.Discount, terms.ThresholdFen)) return CouponRefusals.BadDiscount;
        return terms.Scope is { } scope && !IsSound(scope) ? CouponRefusals.BadScope : null;
    }

    private static bool IsSound(CouponScope scope) =>
        (scope.FromHour is null) == (scope.UntilHour is null)
        && (scope.FromHour is null || scope.FromHour != scope.UntilHour);
}
