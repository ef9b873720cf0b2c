using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.WeChat;
using static Pond.Platform.WeChat.LoginOutcome;

namespace Pond.Tests.WeChat;

/// <summary>Answers that WeChat gives at times, or might, and the sandbox does not.</summary>
public sealed class OddAnswerTests
{
    [Theory]
    [InlineData("""{"openid":"o1"}""")]
    [InlineData("""{"errcode":0,"openid":"o1","unionid":""}""")]
    [InlineData("""{"errcode":"0","errmsg":"ok","openid":"o1","unionid":null}""")]
    [InlineData(""" {"openid":"o1","unionid":7,"later":{"more":[1]}} """)]
    public async Task A_success_is_known_by_its_openid(string body) =>
        Assert.Equal(new SignedIn("o1", UnionId: null), await LoginAnswered(body));

    [Theory]
    [InlineData("""{"errcode":"40029","errmsg":"invalid code"}""")]
    [InlineData("""{"errcode":40163,"openid":"o1"}""")]
    public async Task A_refusal_is_known_by_its_errcode(string body) =>
        Assert.IsType<CodeRefused>(await LoginAnswered(body));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"ok\"")]
    [InlineData("{}")]
    [InlineData("""{"openid":""}""")]
    [InlineData("""{"openid":1}""")]
    [InlineData("""{"openid":"\ud800"}""")]
    [InlineData("""{"errcode":"\ud800"}""")]
    [InlineData("""{"errcode":null,"openid":"o1"}""")]
    [InlineData("""{"errcode":1.5,"openid":"o1"}""")]
    [InlineData("""{"errcode":99999999999,"openid":"o1"}""")]
    [InlineData("""{"openid":"o1" """)]
    public async Task Anything_else_is_busy(string body) => Assert.IsType<Busy>(await LoginAnswered(body));

    [Fact]
    public async Task Bytes_that_are_no_text_are_busy() =>
        Assert.IsType<Busy>(await LoginAnswered([.. "{\"openid\":\""u8, 0xFF, 0xFE, .. "\"}"u8]));

    [Fact]
    public async Task A_lifetime_in_quotes_is_a_lifetime()
    {
        var answer = """{"access_token":"t1","expires_in":"7200"}"""u8.ToArray();
        await using var bench = await WeChatBench.Start(change: http =>
            http.AddHttpMessageHandler(() => new Answering(answer)));

        Assert.Equal(new TokenOutcome.Ready("t1"), await bench.Tokens.Current(CancellationToken.None));
    }

    private static Task<LoginOutcome> LoginAnswered(string body) => LoginAnswered(Encoding.UTF8.GetBytes(body));

    private static async Task<LoginOutcome> LoginAnswered(byte[] body)
    {
        await using var bench = await WeChatBench.Start(change: http =>
            http.AddHttpMessageHandler(() => new Answering(body)));
        return await bench.Login("any-code");
    }

    private sealed class Answering(byte[] body) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(body) });
    }
}
