using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.WeChat;

namespace Pond.Tests.Members;

public sealed class LoggingIn(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("AUTH-01")]
    public async Task The_same_shopper_is_the_same_member_each_time()
    {
        var first = await api.LogIn("anna");
        var second = await api.LogIn("anna");
        var other = await api.LogIn("berta");

        Assert.Equal(first.MemberId, second.MemberId);
        Assert.NotEqual(first.MemberId, other.MemberId);
        Assert.Equal(first.MemberId, (await (await second.Get("/api/me")).Json()).Text("memberId"));
    }

    [Fact, Rule("AUTH-01")]
    public async Task Twenty_first_logins_at_once_make_one_member()
    {
        var codes = Enumerable.Range(0, 20).Select(_ => api.Sandbox.Codes.Issue("rushing")).ToArray();

        var answers = await Task.WhenAll(codes.Select(code => api.LogInWith(code)));
        var members = await Task.WhenAll(answers.Select(async answer => (await answer.Json()).Text("memberId")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var memberId = Assert.Single(members.Distinct());
        Assert.Equal(memberId, (await api.LogIn("rushing")).MemberId);
        Assert.Single(
            StoredRow.All(api), row => row.Partition == MemberRows.Partition(memberId) && row.Key == MemberRows.Head);
    }

    [Fact, Rule("AUTH-05")]
    public async Task Scene_and_invitation_are_kept_from_the_first_login()
    {
        var first = await api.LogInWith(api.Sandbox.Codes.Issue("invited"), scene: "1047", inviteCode: "from-a-friend");
        await api.LogInWith(api.Sandbox.Codes.Issue("invited"), scene: "1089", inviteCode: "from-a-thief");

        var memberId = (await first.Json()).Text("memberId");
        var row = await api.Store.Find(MemberRows.Partition(memberId), MemberRows.Head, CancellationToken.None);
        var member = Stored.Read<Member>(row!.Data);
        Assert.Equal(("1047", "from-a-friend"), (member.Scene, member.InviteCode));
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = api.Sandbox.Codes.Issue("hasty");
        await api.LogInWith(code);

        await AssertRefused(await api.LogInWith(code), HttpStatusCode.BadRequest, "session.code_refused");
    }

    [Fact]
    public async Task An_unknown_code_is_refused() => await AssertRefused(
        await api.LogInWith("never-issued"), HttpStatusCode.BadRequest, "session.code_refused");

    [Fact]
    public async Task A_code_ends_after_five_minutes()
    {
        var code = api.Sandbox.Codes.Issue("slow");
        api.Clock.Advance(LoginCodes.Lifetime);

        await AssertRefused(await api.LogInWith(code), HttpStatusCode.BadRequest, "session.code_refused");
    }

    [Fact, Rule("AUTH-07")]
    public async Task Whom_WeChat_blocks_gets_a_neutral_no()
    {
        api.Sandbox.Shoppers.MarkRisk("risky", highRisk: true);

        await AssertRefused(
            await api.LogInWith(api.Sandbox.Codes.Issue("risky")), HttpStatusCode.Forbidden, "session.blocked");
    }

    [Fact]
    public async Task A_WeChat_that_stays_busy_is_an_answer_to_try_again()
    {
        var code = api.Sandbox.Codes.Issue("patient");
        api.Sandbox.Failures.Add(new Failure("/sns/jscode2session", FailureKind.ErrCode, Times: WeChatCalls.TriesMax));

        var busy = await api.LogInWith(code);

        await AssertRefused(busy, HttpStatusCode.ServiceUnavailable, "session.wechat_busy");
        Assert.Equal(HttpStatusCode.Created, (await api.LogInWith(code)).StatusCode);
    }

    [Fact]
    public async Task Nobody_without_a_token_gets_to_a_route_of_members_or_operators()
    {
        foreach (var endpoint in Endpoint.Of(CallerKind.Member).Concat(Endpoint.Of(CallerKind.Operator)))
        {
            using var request = new HttpRequestMessage(endpoint.Method, endpoint.Path(new Ids().Next()));
            var answer = await api.Http.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{endpoint}: {answer.StatusCode}");
            Assert.Equal("auth.unauthenticated", await answer.Code());
        }
    }

    [Fact]
    public async Task A_member_is_no_operator_and_an_operator_no_member()
    {
        var member = await shared.Newcomer();
        foreach (var endpoint in Endpoint.Of(CallerKind.Member).Concat(Endpoint.Of(CallerKind.Operator)))
        {
            var stranger = endpoint.Caller is CallerKind.Member ? api.Operator() : member;
            var answer = await stranger.Send(endpoint.Method, endpoint.Path(new Ids().Next()));
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{endpoint}: {answer.StatusCode}");
        }
    }

    private static async Task AssertRefused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, await answer.Code());
    }
}
