using Pond.Kernel;
using Pond.Members;

namespace Pond.Promotions;

/// <summary>CMP-04: all audiences there are.</summary>
public sealed class Audiences(IEnumerable<IAudience> audiences)
{
    /// <summary>Keeps what a plan's audience names; why that cannot be named, or null.</summary>
    public Task<Refusal?> Keep(PromotionPlan plan, CancellationToken cancel) =>
        AudienceRules.WhyUnsound(plan.Audience) is { } why
            ? Task.FromResult<Refusal?>(why)
            : Of(plan).Keep(plan.Audience, cancel);

    /// <summary>Whether the member belongs to the promotion's now.</summary>
    public Task<bool> Has(PromotionPlan plan, MemberCaller member, DateTimeOffset now, CancellationToken cancel) =>
        Of(plan).Has(plan, member, now, cancel);

    private IAudience Of(PromotionPlan plan) => audiences.First(one => one.Kinds.Contains(plan.Audience.Kind));
}
