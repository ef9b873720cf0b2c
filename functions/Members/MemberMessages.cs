using Pond.Platform;

namespace Pond.Members;

/// <summary>Somebody has registered by an invitation.</summary>
public sealed record MemberRegisteredV1(string MemberId, DateTimeOffset At);

/// <summary>Somebody has logged in by a channel's mini-program code.</summary>
/// <param name="Scene">Of the code, as the phone told it: it may lead nowhere.</param>
/// <param name="IsNew">Whether they have registered by it.</param>
public sealed record MemberScannedV1(string MemberId, string Scene, bool IsNew, DateTimeOffset At);

/// <summary>A member has left: the person behind it is to be erased.</summary>
public sealed record MemberLeftV1(string MemberId, DateTimeOffset At);

/// <summary>An account has agreed that a younger one becomes part of it, if that one agrees too.</summary>
/// <param name="MergeId">The same however often it is told.</param>
public sealed record MergeExpectedV1(string MergeId, string FromMemberId, string IntoMemberId);

/// <summary>
/// An account has become part of an older one of the same person: each slice brings over what it keeps of a member.
/// </summary>
public sealed record MemberMergedV1(string FromMemberId, string IntoMemberId, DateTimeOffset At);

/// <summary>The queues of this slice, and those on which others hear of a merge: one for each effect.</summary>
public static class MemberMessages
{
    public const string RegisteredQueue = "member-registrations";
    public const string ScanQueue = "member-scans";
    public const string ErasureQueue = "member-erasures";
    public const string MergeQueue = "member-merges";
    public const string JoinQueue = "member-joins";
    public const string PointsMergeQueue = "points-merges";
    public const string CouponMergeQueue = "coupon-merges";
    public const string TierMergeQueue = "tier-merges";
    public const string ReminderMergeQueue = "reminder-merges";
    public const string TouchMergeQueue = "touch-merges";
    public const string TagErasureQueue = "tag-erasures";
    public const string TagMergeQueue = "tag-merges";

    public static Message Registered(MemberRegisteredV1 registered) => new(RegisteredQueue, registered);

    public static Message Scanned(MemberScannedV1 scanned) => new(ScanQueue, scanned);

    /// <summary>To everybody who says something of a member that is to go with them.</summary>
    public static IEnumerable<Message> Left(MemberLeftV1 left) =>
        new[] { ErasureQueue, TagErasureQueue }.Select(queue => new Message(queue, left));

    public static Message MergeExpected(MergeExpectedV1 expected) => new(MergeQueue, expected);

    /// <summary>To everybody who keeps something of a member.</summary>
    public static IEnumerable<Message> Merged(MemberMergedV1 merged) =>
        new[]
        {
            JoinQueue, PointsMergeQueue, CouponMergeQueue, TierMergeQueue, ReminderMergeQueue, TouchMergeQueue,
            TagMergeQueue,
        }.Select(queue => new Message(queue, merged));
}
