using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>AUTH-03: tells which member calls. One read answers for status and session, on every path.</summary>
public sealed class MemberCallers(SessionTokens tokens, PartitionStore store)
{
    /// <summary>The member behind the access token, for a call that only reads.</summary>
    /// <exception cref="ProblemException">
    /// No valid token, a session that was revoked, or a member who may not be here.
    /// </exception>
    public async Task<MemberCaller> Require(HttpRequest request, CancellationToken cancel)
    {
        var (memberId, sessionId) = await tokens.ReadAccess(request.Bearer());
        var member = await store.Find<Member>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
        if (member is null || member.Sessions.All(session => session.Id != sessionId))
            throw new ProblemException(Refusal.SignInAgain);

        return MemberRules.WhyNoLogin(member.Status) is { } why
            ? throw new ProblemException(why)
            : new MemberCaller(member.Id, sessionId, member.Status, member.RegisteredAt, member.Consents);
    }

    /// <summary>The member behind the access token, where nobody needs one; null without a good one.</summary>
    public async Task<MemberCaller?> Find(HttpRequest request, CancellationToken cancel)
    {
        if (request.Headers.Authorization.Count == 0) return null;
        try
        {
            return await Require(request, cancel);
        }
        catch (ProblemException)
        {
            return null; // what anybody sees
        }
    }

    /// <summary>The same for a call that changes something: a frozen member is turned away too.</summary>
    /// <exception cref="ProblemException">As <see cref="Require"/>, or the member is frozen.</exception>
    public async Task<MemberCaller> RequireActive(HttpRequest request, CancellationToken cancel)
    {
        var caller = await Require(request, cancel);
        return caller.Status is MemberStatus.Active ? caller : throw new ProblemException(MemberRefusals.Frozen);
    }

    /// <summary>
    /// Whom the access token names, by its seal alone: whether they may be here, only <see cref="Require"/> tells. For
    /// calls of a rush, most of which are turned away before a row is read.
    /// </summary>
    /// <exception cref="ProblemException">No valid token.</exception>
    public async Task<string> MemberIdOf(HttpRequest request) =>
        (await tokens.ReadAccess(request.Bearer())).MemberId;
}

/// <summary>The member who calls.</summary>
public sealed record MemberCaller(
    string Id, string SessionId, MemberStatus Status, DateTimeOffset RegisteredAt, Consents? Consents);
