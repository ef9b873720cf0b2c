using Pond.Platform;

namespace Pond.Tags;

/// <summary>TAG-03: a member has a tag from now on, or has it no more. Every change is told once.</summary>
public sealed record TagMovedV1(string MemberId, string TagId, bool IsOn, DateTimeOffset At);

/// <summary>Members are to have tags of a channel's, once for the two, however often it is told.</summary>
public sealed record TagsWantedV1(
    string MemberId, IReadOnlyList<string> TagIds, string ChannelId, DateTimeOffset At);

/// <summary>The queues of this slice.</summary>
public static class TagMessages
{
    public const string MovesQueue = "tag-moves";
    public const string WantedQueue = "tags-wanted";

    public static Message Moved(TagMovedV1 moved) => new(MovesQueue, moved);

    public static Message Wanted(TagsWantedV1 wanted) => new(WantedQueue, wanted);
}
