using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>AUTH-04: a refresh token for a new pair. One that comes twice ends the session, as a thief may hold it.</summary>
public sealed class RefreshSession(Transactor transactor, SessionTokens tokens, LoginLimits limits, Ids ids)
{
    public sealed record Request
    {
        [Text(1, 256)]
        public required string RefreshToken { get; init; }
    }

    [Function(nameof(RefreshSession))]
    [Caller(CallerKind.Anyone), Body(typeof(Request))]
    [EndpointSummary("用 refreshToken 换新令牌"), Tags("会员")]
    [ProducesResponseType<SessionResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "session/refresh")] HttpRequest request,
        CancellationToken cancel)
    {
        limits.TakeForAddress(request);
        var body = await request.Read<Request>(cancel);
        var (memberId, sessionId, generation) = tokens.ReadRefresh(body.RefreshToken);
        var decision = await transactor.Run(
            MemberRows.Member(memberId),
            new Operation(nameof(RefreshSession), ids.Next(), Fingerprint: null),
            (member, now) => MemberRules.RotateSession(member, sessionId, generation, now),
            cancel);
        return decision.ToHttp(facts => facts is [MemberEvent.SessionRotated rotated]
            ? Results.Ok(tokens.Answer(memberId, sessionId, rotated.Session.Generation))
            : Answers.Problem(Refusal.SignInAgain));
    }
}
