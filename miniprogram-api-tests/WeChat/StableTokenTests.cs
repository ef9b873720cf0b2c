using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pond.Tests.WeChat;

/// <summary>The sandbox's tokens against what WeChat documents of them.</summary>
public sealed class StableTokenTests
{
    private const string Classic =
        $"/cgi-bin/token?grant_type=client_credential&appid={WeChatBench.AppId}&secret={WeChatBench.AppSecret}";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Asking_again_gives_the_same_token_and_the_time_it_has_left()
    {
        await using var bench = await WeChatBench.Start();

        var first = await bench.RawStableToken();
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        var again = await bench.RawStableToken();

        Assert.Equal(Token(first), Token(again));
        Assert.Equal(512, Token(first).Length);
        Assert.Equal(7200, ExpiresInSeconds(first));
        Assert.Equal(6600, ExpiresInSeconds(again));
    }

    [Fact]
    public async Task The_last_five_minutes_bring_a_new_token_and_both_work_for_five_minutes()
    {
        await using var bench = await WeChatBench.Start();
        var old = await bench.RawStableToken();

        bench.Clock.Advance(TimeSpan.FromMinutes(115));
        var same = await bench.RawStableToken();
        bench.Clock.Advance(Second);
        var next = await bench.RawStableToken();

        Assert.Equal((Token(old), 300), (Token(same), ExpiresInSeconds(same)));
        Assert.NotEqual(Token(old), Token(next));
        Assert.Equal(7200, ExpiresInSeconds(next));
        Assert.Null(bench.Sandbox.Tokens.Check(Token(old)));
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(42001, bench.Sandbox.Tokens.Check(Token(old))?.Code);
        Assert.Null(bench.Sandbox.Tokens.Check(Token(next)));
    }

    [Fact]
    public async Task A_token_nobody_asked_for_again_expires()
    {
        await using var bench = await WeChatBench.Start();
        var old = await bench.RawStableToken();

        bench.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(42001, bench.Sandbox.Tokens.Check(Token(old))?.Code);
        Assert.NotEqual(Token(old), Token(await bench.RawStableToken()));
        Assert.Equal(42001, bench.Sandbox.Tokens.Check(Token(old))?.Code);
    }

    [Fact]
    public async Task A_check_tells_a_missing_token_from_a_wrong_one()
    {
        await using var bench = await WeChatBench.Start();

        Assert.Equal(41001, bench.Sandbox.Tokens.Check("")?.Code);
        Assert.Equal(40001, bench.Sandbox.Tokens.Check("never-issued")?.Code);
    }

    [Fact]
    public async Task Force_kills_the_old_token_at_once_but_not_within_thirty_seconds()
    {
        await using var bench = await WeChatBench.Start();
        var old = Token(await bench.RawStableToken());

        var forced = Token(await bench.RawStableToken(force: true));
        bench.Clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        var tooSoon = Token(await bench.RawStableToken(force: true));
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var inTime = Token(await bench.RawStableToken(force: true));

        Assert.NotEqual(old, forced);
        Assert.Equal(40001, bench.Sandbox.Tokens.Check(old)?.Code);
        Assert.Equal(forced, tooSoon);
        Assert.NotEqual(forced, inTime);
        Assert.Equal(40001, bench.Sandbox.Tokens.Check(forced)?.Code);
    }

    [Fact]
    public async Task Force_kills_both_tokens_of_an_overlap()
    {
        await using var bench = await WeChatBench.Start();
        var old = Token(await bench.RawStableToken());
        bench.Clock.Advance(TimeSpan.FromMinutes(116));
        var next = Token(await bench.RawStableToken());

        await bench.RawStableToken(force: true);

        Assert.Equal(40001, bench.Sandbox.Tokens.Check(old)?.Code);
        Assert.Equal(40001, bench.Sandbox.Tokens.Check(next)?.Code);
    }

    [Fact]
    public async Task Force_works_twenty_times_a_day_in_China()
    {
        await using var bench = await WeChatBench.Start(); // its day begins as the clock starts
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(0, ErrCode(await bench.RawStableToken(force: true)));
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var standing = Token(await bench.RawStableToken());
        Assert.Equal(45009, ErrCode(await bench.RawStableToken(force: true)));
        Assert.Null(bench.Sandbox.Tokens.Check(standing));
        bench.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(20));
        Assert.Equal(0, ErrCode(await bench.RawStableToken(force: true)));
    }

    [Fact]
    public async Task The_classic_token_is_new_each_time_and_leaves_the_last_one_five_minutes()
    {
        await using var bench = await WeChatBench.Start();
        var stable = Token(await bench.RawStableToken());

        var first = Token(await bench.RawGet(Classic));
        var second = Token(await bench.RawGet(Classic));

        Assert.NotEqual(first, second);
        Assert.Null(bench.Sandbox.Tokens.Check(first));
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(42001, bench.Sandbox.Tokens.Check(first)?.Code);
        Assert.Null(bench.Sandbox.Tokens.Check(second));
        Assert.Equal(stable, Token(await bench.RawStableToken()));
    }

    [Fact]
    public async Task Force_leaves_the_classic_token_alone()
    {
        await using var bench = await WeChatBench.Start();
        var classic = Token(await bench.RawGet(Classic));

        await bench.RawStableToken(force: true);

        Assert.Null(bench.Sandbox.Tokens.Check(classic));
    }

    [Theory]
    [InlineData("", 44002)]
    [InlineData("grant_type=client_credential&appid=x", 47001)]
    [InlineData("[]", 47001)]
    [InlineData("null", 47001)]
    [InlineData("""{"grant_type":"client_credential","appid":"a","secret":"b","force_refresh":"yes"}""", 47001)]
    [InlineData("{}", 40002)]
    [InlineData("""{"grant_type":"authorization_code"}""", 40002)]
    [InlineData("""{"grant_type":"client_credential"}""", 41002)]
    [InlineData("""{"grant_type":"client_credential","appid":"wx0"}""", 40013)]
    [InlineData($$"""{"grant_type":"client_credential","appid":"{{WeChatBench.AppId}}"}""", 41004)]
    [InlineData($$"""{"grant_type":"client_credential","appid":"{{WeChatBench.AppId}}","secret":"x"}""", 40125)]
    public async Task A_wrong_request_gets_its_errcode_with_HTTP_200(string body, int errCode)
    {
        await using var bench = await WeChatBench.Start();
        using var content = new StringContent(body);

        using var response = await bench.Raw.PostAsync("/cgi-bin/stable_token", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(errCode, ErrCode(await response.Content.ReadFromJsonAsync<JsonElement>()));
    }

    [Fact]
    public async Task A_GET_is_told_to_POST_and_a_chunked_body_is_turned_away()
    {
        await using var bench = await WeChatBench.Start();

        Assert.Equal(43002, ErrCode(await bench.RawGet("/cgi-bin/stable_token")));
        using var chunked = await bench.Raw.PostAsJsonAsync("/cgi-bin/stable_token", new { });
        Assert.Equal(HttpStatusCode.PreconditionFailed, chunked.StatusCode);
    }

    private static string Token(JsonElement answer) => answer.GetProperty("access_token").GetString()!;

    private static int ExpiresInSeconds(JsonElement answer) => answer.GetProperty("expires_in").GetInt32();

    private static int ErrCode(JsonElement answer) =>
        answer.TryGetProperty("errcode", out var errCode) ? errCode.GetInt32() : 0;
}
