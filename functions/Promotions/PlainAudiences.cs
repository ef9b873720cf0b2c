using System.Diagnostics;
using Pond.Kernel;
using Pond.Members;
using Pond.Tiers;

namespace Pond.Promotions;

/// <summary>CMP-04: audiences that follow from what a member is: anybody, some tiers, new ones.</summary>
public sealed class PlainAudiences(MemberTiers tiers) : IAudience
{
    public IReadOnlyList<AudienceKind> Kinds { get; } =
        [AudienceKind.Everyone, AudienceKind.Tiers, AudienceKind.NewMembers, AudienceKind.Newcomers];

    /// <summary>They name nothing that has to be kept.</summary>
    public Task<Refusal?> Keep(Audience audience, CancellationToken cancel) => Task.FromResult<Refusal?>(null);

    /// <inheritdoc/>
    public async Task<bool> Has(
        PromotionPlan plan, MemberCaller member, DateTimeOffset now, CancellationToken cancel) =>
        plan.Audience.Kind switch
        {
            AudienceKind.Everyone => true,
            AudienceKind.Tiers =>
                (await tiers.Of(member.Id, cancel)).Code is { } code && plan.Audience.TierCodes!.Contains(code),
            AudienceKind.NewMembers or AudienceKind.Newcomers =>
                AudienceRules.IsNew(plan, member.RegisteredAt, now),
            _ => throw new UnreachableException(),
        };
}
