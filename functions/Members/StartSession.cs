using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Platform.WeChat;

namespace Pond.Members;

/// <summary>AUTH-01, AUTH-05, AUTH-07: login by the code of <c>wx.login</c>.</summary>
public sealed class StartSession(
    WeChatApi weChat,
    Accounts accounts,
    PersonalData people,
    PartitionStore store,
    Transactor transactor,
    SessionTokens tokens,
    LoginLimits limits,
    Identities identities,
    Ids ids)
{
    private static readonly Refusal CodeRefused =
        new("session.code_refused", RefusalKind.Invalid, "登录凭证已失效，请重新登录。");

    private static readonly Refusal Blocked =
        new("session.blocked", RefusalKind.Forbidden, "暂时无法登录，请稍后再试。");

    private static readonly Refusal Busy =
        new("session.wechat_busy", RefusalKind.Unavailable, "微信登录繁忙，请稍后再试。");

    public sealed record Request
    {
        /// <summary>The code of <c>wx.login</c>: five minutes, one use.</summary>
        [Text(1, 128)]
        public required string Code { get; init; }

        /// <summary>The scene of the mini-program code that led here, or that of the launch options.</summary>
        /// <remarks>It is kept at the first login. That of a channel's code counts at every login.</remarks>
        [Text(1, 32)]
        public string? Scene { get; init; }

        /// <summary>The invitation that led here; kept at the first login.</summary>
        [Text(1, 32)]
        public string? InviteCode { get; init; }
    }

    [Function(nameof(StartSession))]
    [Caller(CallerKind.Anyone), Body(typeof(Request))]
    [EndpointSummary("用 wx.login 的 code 登录"), Tags("会员")]
    [ProducesResponseType<SessionResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "session")]
        HttpRequest request, CancellationToken cancel)
    {
        limits.TakeForAddress(request);
        var body = await request.Read<Request>(cancel);
        var who = await weChat.ExchangeCode(body.Code, cancel) switch
        {
            LoginOutcome.SignedIn signedIn => signedIn,
            LoginOutcome.CodeRefused => throw new ProblemException(CodeRefused),
            LoginOutcome.Blocked => throw new ProblemException(Blocked),
            _ => throw new ProblemException(Busy),
        };
        limits.TakeForUser(who.OpenId);

        var (memberId, arrival) = await MemberOf(who, new Arrival(body.Scene, body.InviteCode), cancel);
        var sessionId = ids.Next();
        var login = new Login(memberId, sessionId, arrival.Scene, arrival.InviteCode);
        var decision = await transactor.Run(
            MemberRows.Member(memberId),
            new Operation(nameof(StartSession), sessionId, Fingerprint: null),
            (member, now) => MemberRules.OpenSession(member, login, now),
            cancel);
        return decision.ToHttp(_ => Results.Json(
            tokens.Answer(memberId, sessionId, generation: 1),
            statusCode: StatusCodes.Status201Created));
    }

    // The person is written before the member exists: whoever finds a member finds the openid to write to.
    private async Task<(string MemberId, Arrival First)> MemberOf(
        LoginOutcome.SignedIn who, Arrival arrival, CancellationToken cancel)
    {
        var openId = identities.OfOpenId(who.OpenId);
        var unionId = who.UnionId is null ? null : identities.OfUnionId(who.UnionId);
        var memberId = await accounts.MemberOf(openId, unionId, arrival, cancel);
        var member = await store.Find<Member>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
        if (MemberRules.WhyNoLogin(member?.Status) is { } why)
            throw new ProblemException(why); // before anything of the person is kept
        string[] keys = unionId is null ? [openId] : [openId, unionId];
        try
        {
            await people.Change(memberId, person => KnownBy(keys, who, person), cancel);
        }
        catch (ProblemException)
        {
            await identities.Release(memberId, keys, cancel); // erased since: nothing else would come by any more
            throw;
        }

        return (memberId, member is null ? await accounts.ArrivalOf(openId, unionId, cancel) ?? arrival : arrival);
    }

    private static Person KnownBy(string[] keys, LoginOutcome.SignedIn who, Person? person) =>
        (person ?? new Person(who.OpenId, who.UnionId, Nickname: null, Birthday: null)).KnownBy(keys) with
        {
            OpenId = who.OpenId,
            UnionId = person?.UnionId ?? who.UnionId,
        };
}

/// <summary>What a login or a refresh answers.</summary>
/// <param name="AccessToken">For the Authorization header.</param>
/// <param name="ExpiresInSeconds">Of the access token.</param>
/// <param name="RefreshToken">For one refresh; using it twice signs the device out.</param>
public sealed record SessionResponse(string MemberId, string AccessToken, int ExpiresInSeconds, string RefreshToken);

/// <summary>AUTH-07: how often one address and one WeChat user may log in.</summary>
public sealed class LoginLimits(SessionOptions options, ClientAddresses addresses) : IDisposable
{
    private readonly RateLimit byAddress = new(options.LoginsPerAddressPerMinute);
    private readonly RateLimit byUser = new(options.LoginsPerUserPerMinute);

    /// <exception cref="ProblemException">Too many from this address.</exception>
    public void TakeForAddress(HttpRequest request) => byAddress.Take(addresses.Of(request));

    /// <exception cref="ProblemException">Too many of this user.</exception>
    public void TakeForUser(string openId) => byUser.Take(openId);

    public void Dispose()
    {
        byAddress.Dispose();
        byUser.Dispose();
    }
}
