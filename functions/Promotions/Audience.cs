using Pond.Kernel;
using Pond.Members;

namespace Pond.Promotions;

/// <summary>CMP-04: whom a promotion is for.</summary>
/// <param name="TierCodes">Of <see cref="AudienceKind.Tiers"/>; null for every other kind.</param>
/// <param name="NewDays">Of <see cref="AudienceKind.NewMembers"/>; null for every other kind.</param>
/// <param name="TagIds">Of <see cref="AudienceKind.Tagged"/>; null for every other kind.</param>
public sealed record Audience(
    AudienceKind Kind,
    IReadOnlyList<string>? TierCodes = null,
    int? NewDays = null,
    IReadOnlyList<string>? TagIds = null);

/// <summary>Stored by name: never rename one.</summary>
public enum AudienceKind
{
    Everyone,

    /// <summary>Whoever is in one of some tiers.</summary>
    Tiers,

    /// <summary>Whoever has registered within so many days.</summary>
    NewMembers,

    /// <summary>Whoever has registered since the promotion began.</summary>
    Newcomers,

    /// <summary>Whoever has one of some tags.</summary>
    Tagged,
}

/// <summary>Tells who belongs to audiences of some kinds. Whoever knows of another kind registers one.</summary>
public interface IAudience
{
    IReadOnlyList<AudienceKind> Kinds { get; }

    /// <summary>Keeps what an audience names for as long as it is named; why that cannot be named, or null.</summary>
    Task<Refusal?> Keep(Audience audience, CancellationToken cancel);

    /// <summary>Whether the member belongs to it now.</summary>
    Task<bool> Has(PromotionPlan plan, MemberCaller member, DateTimeOffset now, CancellationToken cancel);
}
