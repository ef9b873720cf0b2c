using Pond.Kernel;
using Pond.Members;
using Pond.Promotions;

namespace Pond.Tags;

/// <summary>CMP-04: an audience of whoever has one of some tags at that moment.</summary>
public sealed class TaggedAudience(MemberTags tags, TagUses uses) : IAudience
{
    public IReadOnlyList<AudienceKind> Kinds { get; } = [AudienceKind.Tagged];

    /// <inheritdoc/>
    public Task<Refusal?> Keep(Audience audience, CancellationToken cancel) =>
        uses.UseToTell(audience.TagIds!, cancel);

    /// <inheritdoc/>
    public async Task<bool> Has(
        PromotionPlan plan, MemberCaller member, DateTimeOffset now, CancellationToken cancel) =>
        (await tags.Of(member.Id, cancel)).Overlaps(plan.Audience.TagIds!);
}
