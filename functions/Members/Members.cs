using System.Diagnostics;
using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Members;

/// <summary>
/// Somebody who logged in at least once. Who they are as a person is kept apart, see <see cref="Person"/>.
/// </summary>
/// <param name="Scene">Where the first login came from, as WeChat's scene tells; null when it did not say.</param>
/// <param name="InviteCode">Whose invitation the first login carried.</param>
/// <param name="Sessions">The signed-in devices, the oldest first.</param>
/// <param name="Consents">What the member agrees to now; null when they never said.</param>
/// <param name="Expects">The account that is about to become part of this one; null as a rule.</param>
/// <param name="MergedInto">The account that this one has become part of.</param>
/// <param name="MergedFrom">The accounts that have become part of this one; null when there are none.</param>
public sealed record Member(
    string Id,
    MemberStatus Status,
    DateTimeOffset RegisteredAt,
    string? Scene,
    string? InviteCode,
    IReadOnlyList<Session> Sessions,
    Consents? Consents = null,
    ExpectedMerge? Expects = null,
    string? MergedInto = null,
    IReadOnlyList<string>? MergedFrom = null)
{
    /// <summary>Devices of one member; one more signs out the oldest.</summary>
    public const int SessionsMax = 10;

    public static Member? Evolve(Member? member, MemberEvent fact) => fact switch
    {
        MemberEvent.Registered registered =>
            new(registered.MemberId, MemberStatus.Active, registered.At, registered.Scene, registered.InviteCode, []),
        MemberEvent.SessionOpened opened =>
            member! with { Sessions = [.. member.Sessions.TakeLast(SessionsMax - 1), opened.Session] },
        MemberEvent.SessionRotated rotated =>
            member! with { Sessions = [.. member.Without(rotated.Session.Id), rotated.Session] },
        MemberEvent.SessionRevoked revoked => member! with { Sessions = [.. member.Without(revoked.SessionId)] },
        MemberEvent.StatusChanged changed => member! with { Status = changed.After },
        MemberEvent.ConsentsChanged changed => member! with { Consents = changed.Consents },
        MemberEvent.Left => member! with { Status = MemberStatus.Deleted, Sessions = [] },
        MemberEvent.MergeExpected expected => member! with { Expects = expected.Merge },
        MemberEvent.MergeGivenUp => member! with { Expects = null },
        MemberEvent.MergeDeclined => member,
        MemberEvent.MergedAway away =>
            member! with { Status = MemberStatus.Merged, MergedInto = away.IntoMemberId, Sessions = [] },
        MemberEvent.Joined joined =>
            member! with { Expects = null, MergedFrom = [.. member.MergedFrom ?? [], joined.FromMemberId] },
        _ => throw new UnreachableException(),
    };

    private IEnumerable<Session> Without(string sessionId) => Sessions.Where(session => session.Id != sessionId);
}

/// <summary>One signed-in device: a family of refresh tokens of which only the newest counts.</summary>
/// <param name="Generation">Of the newest refresh token: 1, 2, 3 …</param>
/// <param name="ExpiresAt">When the newest refresh token ends.</param>
public sealed record Session(string Id, int Generation, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt);

/// <summary>CHN-05: somebody who was a member already has come by a channel's code.</summary>
public sealed record ChannelScan(string MemberId, string Scene, DateTimeOffset At);

/// <summary>Stored by name: never rename one.</summary>
public enum MemberStatus
{
    /// <summary>May do everything.</summary>
    Active,

    /// <summary>May log in and read, but neither gets nor spends anything.</summary>
    Frozen,

    /// <summary>May not log in.</summary>
    Banned,

    /// <summary>Has left; the person is erased, the ledger stays.</summary>
    Deleted,

    /// <summary>Has become part of another account of the same person; nothing is booked here any more.</summary>
    Merged,
}

/// <summary>What can happen to a member. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(SessionOpened), "session-opened")]
[JsonDerivedType(typeof(SessionRotated), "session-rotated")]
[JsonDerivedType(typeof(SessionRevoked), "session-revoked")]
[JsonDerivedType(typeof(StatusChanged), "status-changed")]
[JsonDerivedType(typeof(ConsentsChanged), "consents-changed")]
[JsonDerivedType(typeof(Left), "left")]
[JsonDerivedType(typeof(MergeExpected), "merge-expected")]
[JsonDerivedType(typeof(MergeGivenUp), "merge-given-up")]
[JsonDerivedType(typeof(MergeDeclined), "merge-declined")]
[JsonDerivedType(typeof(MergedAway), "merged-away")]
[JsonDerivedType(typeof(Joined), "joined")]
public abstract record MemberEvent
{
    private MemberEvent()
    {
    }

    public sealed record Registered(string MemberId, DateTimeOffset At, string? Scene, string? InviteCode)
        : MemberEvent;

    /// <param name="Scan">Of the channel's code that has brought back a member; null as a rule.</param>
    public sealed record SessionOpened(Session Session, ChannelScan? Scan = null) : MemberEvent;

    public sealed record SessionRotated(Session Session) : MemberEvent;

    /// <param name="Reuse">True when a refresh token came a second time, so that somebody else may hold it.</param>
    public sealed record SessionRevoked(string SessionId, bool Reuse) : MemberEvent;

    public sealed record StatusChanged(
        string MemberId, MemberStatus Before, MemberStatus After, string OperatorId, string Reason, DateTimeOffset At)
        : MemberEvent;

    public sealed record ConsentsChanged(Consents Consents) : MemberEvent;

    public sealed record Left(string MemberId, DateTimeOffset At) : MemberEvent;

    /// <summary>The older account has agreed.</summary>
    public sealed record MergeExpected(string MemberId, ExpectedMerge Merge) : MemberEvent;

    /// <summary>The older account need not wait any longer: the younger one has declined.</summary>
    public sealed record MergeGivenUp(string MergeId) : MemberEvent;

    /// <param name="Code">Why, as the refusal has it.</param>
    public sealed record MergeDeclined(string MergeId, string Code) : MemberEvent;

    /// <summary>The younger account has become part of the older one.</summary>
    public sealed record MergedAway(string MemberId, string IntoMemberId, DateTimeOffset At) : MemberEvent;

    /// <summary>The older account has taken over who the younger one was as a person.</summary>
    public sealed record Joined(string FromMemberId, DateTimeOffset At) : MemberEvent;
}

/// <summary>The "no"s of this slice.</summary>
public static class MemberRefusals
{
    public static readonly Refusal Missing = new("member.missing", RefusalKind.Missing, "没有找到该会员。");
    public static readonly Refusal Frozen = new("member.frozen", RefusalKind.Forbidden, "账号已被冻结，如有疑问请联系客服。");
    public static readonly Refusal Banned = new("member.banned", RefusalKind.Forbidden, "账号暂时无法使用，如有疑问请联系客服。");
    public static readonly Refusal Gone = new("member.gone", RefusalKind.Forbidden, "账号已注销。");
    public static readonly Refusal Merged = new("member.merged", RefusalKind.Conflict, "账号已并入您的另一个账号，请重新登录。");
    public static readonly Refusal NoSuchChange = new("member.status_edge", RefusalKind.Conflict, "会员当前状态不允许这样变更。");
}
