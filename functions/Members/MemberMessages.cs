using Pond.Platform;

namespace Pond.Members;

/// <summary>A member has left: the person behind it is to be erased.</summary>
public sealed record MemberLeftV1(string MemberId, DateTimeOffset At);

/// <summary>The queues of this slice.</summary>
public static class MemberMessages
{
    public const string ErasureQueue = "member-erasures";

    public static Message Left(MemberLeftV1 left) => new(ErasureQueue, left);
}
