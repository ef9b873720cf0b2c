using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pond.Tests.WeChat;

/// <summary>The sandbox as a person with <c>curl</c> meets it.</summary>
public sealed class SandboxControlTests
{
    private const string Exchange = "/sns/jscode2session";

    private const string WellFormed =
        $"?appid={WeChatBench.AppId}&secret={WeChatBench.AppSecret}&grant_type=authorization_code";

    [Fact]
    public async Task One_line_of_curl_makes_a_code_that_signs_in()
    {
        await using var bench = await WeChatBench.Start();

        var code = await bench.Raw.GetStringAsync("/__sandbox/codes?shopper=alice&format=text");
        var session = await bench.RawGet($"{Exchange}{WellFormed}&js_code={code}");

        Assert.Matches("^o[0-9A-Za-z_-]{27}$", session.GetProperty("openid").GetString());
        Assert.Equal(16, session.GetProperty("session_key").GetBytesFromBase64().Length);
        Assert.False(session.TryGetProperty("unionid", out _));
    }

    [Fact]
    public async Task A_code_can_be_asked_for_in_JSON_with_a_unionid()
    {
        await using var bench = await WeChatBench.Start();

        var made = await bench.RawJson(HttpMethod.Post, "/__sandbox/codes", """{"shopper":"小王","unionId":"u-1"}""");
        var session = await bench.RawGet($"{Exchange}{WellFormed}&js_code={made.GetProperty("code")}");

        Assert.Equal(made.GetProperty("openId").GetString(), session.GetProperty("openid").GetString());
        Assert.Equal("u-1", session.GetProperty("unionid").GetString());
    }

    [Theory]
    [InlineData("", 41002)]
    [InlineData("?appid=wx0", 40013)]
    [InlineData($"?appid={WeChatBench.AppId}", 41004)]
    [InlineData($"?appid={WeChatBench.AppId}&secret=x", 40125)]
    [InlineData($"?appid={WeChatBench.AppId}&secret={WeChatBench.AppSecret}", 41008)]
    [InlineData($"?appid={WeChatBench.AppId}&secret={WeChatBench.AppSecret}&js_code=x", 40002)]
    [InlineData($"{WellFormed}&js_code=x", 40029)]
    public async Task A_wrong_exchange_gets_its_errcode_in_plain_text_with_a_rid_of_its_own(string query, int errCode)
    {
        await using var bench = await WeChatBench.Start();

        using var response = await bench.Raw.GetAsync(Exchange + query);
        var first = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        var second = await bench.RawGet(Exchange + query);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(errCode, first.GetProperty("errcode").GetInt32());
        Assert.Matches("rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", first.GetProperty("errmsg").GetString());
        Assert.NotEqual(first.GetProperty("errmsg").GetString(), second.GetProperty("errmsg").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?shopper=")]
    [InlineData("?shopper=a%0Ab")]
    public async Task A_code_is_for_somebody(string query)
    {
        await using var bench = await WeChatBench.Start();

        using var response = await bench.Raw.GetAsync($"/__sandbox/codes{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("shopper", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_used_code_has_an_errcode_of_its_own()
    {
        await using var bench = await WeChatBench.Start();
        var address = $"{Exchange}{WellFormed}&js_code={bench.Sandbox.Codes.Issue("alice")}";

        await bench.RawGet(address);

        Assert.Equal(40163, (await bench.RawGet(address)).GetProperty("errcode").GetInt32());
    }

    [Fact]
    public async Task Failures_run_out_in_the_order_they_were_asked_for()
    {
        await using var bench = await WeChatBench.Start();
        await Fail(bench, $$"""{"path":"{{Exchange}}","kind":"errcode","errCode":40164,"times":2}""");
        await Fail(bench, $$"""{"path":"{{Exchange}}","kind":"delay","delaySeconds":600}""");

        Assert.Equal(40164, await ErrCode(bench));
        Assert.Equal(40164, await ErrCode(bench));
        Assert.Equal(41002, await ErrCode(bench));
        Assert.Equal([TimeSpan.FromSeconds(600)], bench.Clock.Waits);
    }

    [Theory]
    [InlineData("""{"path":"/__sandbox/reset","kind":"drop"}""")]
    [InlineData("""{"path":"sns","kind":"drop"}""")]
    [InlineData("""{"kind":"drop"}""")]
    [InlineData("""{"path":"/a","kind":"melt"}""")]
    [InlineData("""{"path":"/a","kind":"drop","times":0}""")]
    [InlineData("""{"path":"/a","kind":"drop","times":1001}""")]
    [InlineData("""{"path":"/a","kind":"errcode","errCode":0}""")]
    [InlineData("""{"path":"/a","kind":"status","status":200}""")]
    [InlineData("""{"path":"/a","kind":"delay","delaySeconds":601}""")]
    public async Task A_failure_that_makes_no_sense_is_refused(string failure)
    {
        await using var bench = await WeChatBench.Start();

        Assert.Equal(HttpStatusCode.BadRequest, await bench.RawStatus(HttpMethod.Post, "/__sandbox/failures", failure));
        Assert.Empty(bench.Sandbox.Failures.All);
    }

    [Fact]
    public async Task A_marked_shopper_is_listed_as_such_until_reset()
    {
        await using var bench = await WeChatBench.Start();

        await bench.RawJson(HttpMethod.Put, "/__sandbox/shoppers/dave", """{"highRisk":true}""");
        var marked = await Names(bench, highRisk: true);
        var status = await bench.RawStatus(HttpMethod.Post, "/__sandbox/reset", "");

        Assert.Equal(["dave"], marked);
        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(["alice", "bob", "carol"], await Names(bench, highRisk: false));
    }

    [Fact]
    public async Task Invalidated_tokens_are_dead()
    {
        await using var bench = await WeChatBench.Start();
        var token = (await bench.RawStableToken()).GetProperty("access_token").GetString();

        await bench.RawStatus(HttpMethod.Post, "/__sandbox/tokens/invalidation", "");

        Assert.Equal(40001, bench.Sandbox.Tokens.Check(token)?.Code);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var bench = await WeChatBench.Start();

        var page = await bench.Raw.GetStringAsync("/");

        Assert.Contains("生成登录码", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    private static Task<JsonElement> Fail(WeChatBench bench, string failure) =>
        bench.RawJson(HttpMethod.Post, "/__sandbox/failures", failure);

    private static async Task<int> ErrCode(WeChatBench bench) =>
        (await bench.RawGet(Exchange)).GetProperty("errcode").GetInt32();

    private static async Task<string[]> Names(WeChatBench bench, bool highRisk) =>
    [
        .. (await bench.RawGet("/__sandbox/shoppers")).GetProperty("shoppers").EnumerateArray()
            .Where(shopper => shopper.GetProperty("highRisk").GetBoolean() == highRisk)
            .Select(shopper => shopper.GetProperty("name").GetString()!),
    ];
}
