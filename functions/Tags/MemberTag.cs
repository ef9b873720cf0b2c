using System.Text.Json.Serialization;
using Pond.Members;
using Pond.Operators;

namespace Pond.Tags;

/// <summary>TAG-02: a tag that a member has.</summary>
/// <param name="Group">Of the tag; null for none.</param>
/// <param name="ExpiresAt">From then on the member does not have it; null for no end.</param>
/// <param name="ActorId">The operator or the channel that has put it on.</param>
public sealed record MemberTag(
    string TagId,
    string? Group,
    TagOrigin Origin,
    DateTimeOffset SetAt,
    DateTimeOffset? ExpiresAt,
    string ActorId)
{
    /// <summary>Tags of one member.</summary>
    public const int TagsMax = 50;

    /// <summary>Whether the member still has it.</summary>
    public bool IsLive(DateTimeOffset now) => ExpiresAt is null || now < ExpiresAt;
}

/// <summary>Who has put it on. Stored by name: never rename one.</summary>
public enum TagOrigin
{
    /// <summary>An operator, who knows better than any rule.</summary>
    Manual,

    /// <summary>The channel by which the member came.</summary>
    Channel,
}

/// <summary>What the rules look at.</summary>
/// <param name="Standing">Of the member; null when there is none.</param>
public sealed record MemberTagDesk(MemberStanding? Standing, IReadOnlyList<MemberTag> Tags);

/// <summary>What can happen to a member's tags. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Kept), "kept")]
[JsonDerivedType(typeof(Left), "left")]
public abstract record MemberTagEvent
{
    private MemberTagEvent()
    {
    }

    /// <param name="Act">The operator who stands behind it; null when none does.</param>
    public sealed record Entered(string MemberId, MemberTag Tag, OperatorActedV1? Act = null) : MemberTagEvent;

    /// <summary>The member had it before, by another hand or until another end.</summary>
    public sealed record Kept(string MemberId, MemberTag Tag, OperatorActedV1? Act = null) : MemberTagEvent;

    public sealed record Left(string MemberId, MemberTag Tag, DateTimeOffset At, OperatorActedV1? Act = null)
        : MemberTagEvent;
}
