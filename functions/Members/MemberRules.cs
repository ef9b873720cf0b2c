using Pond.Kernel;

namespace Pond.Members;

/// <summary>AUTH-03, AUTH-04, AUTH-06: who may log in, how sessions live, and how members leave. Pure.</summary>
public static class MemberRules
{
    /// <summary>How long a refresh token lasts; each use starts it anew.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    /// <summary>A login that WeChat has vouched for.</summary>
    public static Decision<MemberEvent> OpenSession(Member? member, Login login, DateTimeOffset now)
    {
        if (WhyNoLogin(member?.Status) is { } why) return why;

        var opened = new MemberEvent.SessionOpened(
            new Session(login.SessionId, Generation: 1, now, now + RefreshLifetime));
        if (member is not null) return opened with { Scan = ScanOf(login, now) };

        var registered = new MemberEvent.Registered(login.MemberId, now, login.Scene, login.InviteCode);
        return new MemberEvent[] { registered, opened };
    }

    /// <summary>Why a member of this status may not come in, or null; who is no member yet may.</summary>
    public static Refusal? WhyNoLogin(MemberStatus? status) => status switch
    {
        null or MemberStatus.Active or MemberStatus.Frozen => null,
        MemberStatus.Banned => MemberRefusals.Banned,
        MemberStatus.Merged => MemberRefusals.Merged,
        _ => MemberRefusals.Gone,
    };

    /// <summary>A refresh token comes in; if it is the newest of its family, the next one goes out.</summary>
    /// <param name="generation">Of the token, which is one that we issued.</param>
    public static Decision<MemberEvent> RotateSession(
        Member? member, string sessionId, int generation, DateTimeOffset now)
    {
        if (member?.Sessions.FirstOrDefault(session => session.Id == sessionId) is not { } session)
            return Refusal.SignInAgain;
        if (session.Generation != generation) return new MemberEvent.SessionRevoked(sessionId, Reuse: true);
        if (now >= session.ExpiresAt) return new MemberEvent.SessionRevoked(sessionId, Reuse: false);
        if (WhyNoLogin(member.Status) is { } why) return why;

        return new MemberEvent.SessionRotated(
            session with { Generation = generation + 1, ExpiresAt = now + RefreshLifetime });
    }

    /// <summary>The member signs a device out.</summary>
    public static Decision<MemberEvent> CloseSession(Member? member, string sessionId) =>
        member?.Sessions.Any(session => session.Id == sessionId) is true
            ? new MemberEvent.SessionRevoked(sessionId, Reuse: false)
            : Decision<MemberEvent>.Nothing;

    /// <summary>What a member agrees to from now on. The same again is nothing new.</summary>
    public static Decision<MemberEvent> ChangeConsents(
        Member? member, string policyVersion, bool marketing, bool personalization, DateTimeOffset now)
    {
        if (member is null) return MemberRefusals.Missing;
        if (WhyNoLogin(member.Status) is { } why) return why;

        var number = (member.Consents?.Number ?? 0) + 1;
        var after = new Consents(number, policyVersion, marketing, personalization, now);
        return after.SaysTheSameAs(member.Consents)
            ? Decision<MemberEvent>.Nothing
            : new MemberEvent.ConsentsChanged(after);
    }

    /// <summary>
    /// The member leaves for good. Who is frozen settles that first, and a merge under way comes to its end before.
    /// </summary>
    public static Decision<MemberEvent> Leave(Member? member, DateTimeOffset now) => member?.Status switch
    {
        null => MemberRefusals.Missing,
        MemberStatus.Active when member.Expects is not null => MergeRefusals.UnderWay,
        MemberStatus.Active => new MemberEvent.Left(member.Id, now),
        MemberStatus.Frozen => MemberRefusals.Frozen,
        var status => WhyNoLogin(status)!,
    };

    /// <summary>
    /// An operator freezes, bans or restores a member. Nothing comes back from Deleted or Merged, and only the
    /// member goes there.
    /// </summary>
    public static Decision<MemberEvent> ChangeStatus(
        Member? member, MemberStatus after, string operatorId, string reason, DateTimeOffset now)
    {
        if (member is null) return MemberRefusals.Missing;
        if (member.Status == after) return Decision<MemberEvent>.Nothing;
        if (IsFinal(member.Status) || IsFinal(after)) return MemberRefusals.NoSuchChange;

        return new MemberEvent.StatusChanged(member.Id, member.Status, after, operatorId, reason, now);
    }

    private static ChannelScan? ScanOf(Login login, DateTimeOffset now) =>
        login.Scene is { } scene && ChannelScenes.IdIn(scene) is not null
            ? new ChannelScan(login.MemberId, scene, now)
            : null;

    private static bool IsFinal(MemberStatus status) => status is MemberStatus.Deleted or MemberStatus.Merged;
}

/// <summary>The values of one login.</summary>
public sealed record Login(string MemberId, string SessionId, string? Scene, string? InviteCode);
