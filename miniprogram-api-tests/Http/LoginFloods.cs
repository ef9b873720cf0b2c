using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Pond.Tests.Http;

/// <summary>More logins than allowed: refused before WeChat is asked, whatever address the caller claims.</summary>
[Rule("AUTH-07")]
public sealed class LoginFloods
{
    private const int LoginsMax = 5;
    private const string Header = "X-Azure-ClientIP";

    private readonly Dictionary<string, string> settings = new()
    {
        ["Session:LoginsPerAddressPerMinute"] = $"{LoginsMax}",
    };

    [Fact]
    public async Task Logins_over_the_limit_get_429_with_retry_after_and_never_reach_wechat()
    {
        await using var api = await MiniProgramApi.Start(settings);
        var codes = Enumerable.Range(0, 40).Select(i => api.Sandbox.Codes.Issue($"shopper-{i}")).ToArray();

        var answers = await Task.WhenAll(codes.Select(code => LogIn(api, code)));
        var refused = codes.Zip(answers)
            .Where(each => each.Second.StatusCode == HttpStatusCode.TooManyRequests).ToArray();

        Assert.Equal(codes.Length - LoginsMax, refused.Length);
        foreach (var (code, answer) in refused)
        {
            Assert.Equal("rate.limited", await answer.Code());
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.True(await IsUnused(api, code), "WeChat was asked all the same");
        }
    }

    [Fact]
    public async Task Broken_logins_and_refreshes_count_too()
    {
        await using var api = await MiniProgramApi.Start(settings);
        for (var i = 0; i < LoginsMax; i++)
        {
            var path = i % 2 == 0 ? "/api/session" : "/api/session/refresh";
            var broken = await api.Http.PostAsync(path, new StringContent("{"));
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, broken.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await LogIn(api, api.Sandbox.Codes.Issue("alice"))).StatusCode);
    }

    [Fact]
    public async Task One_wechat_user_cannot_log_in_all_the_time_from_anywhere()
    {
        settings["Session:LoginsPerUserPerMinute"] = "3";
        settings["Session:LoginsPerAddressPerMinute"] = "100";
        await using var api = await MiniProgramApi.Start(settings);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++) statuses.Add((await LogIn(api, api.Sandbox.Codes.Issue("alice"))).StatusCode);

        Assert.Equal(3, statuses.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Equal(HttpStatusCode.Created, (await LogIn(api, api.Sandbox.Codes.Issue("bob"))).StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Azure-ClientIP")]
    [InlineData("X-Real-IP")]
    [InlineData("CLIENT-IP")]
    [InlineData("Forwarded")]
    public async Task An_address_that_a_caller_claims_means_nothing(string header)
    {
        string[] claims =
        [
            "1.1.1.1", "127.0.0.2", "2001:db8::1", "1.1.1.1, 2.2.2.2", "unknown", "", "[::1]:80", "1.1.1.1:80",
            "999.9.9.9",
            "' --",
        ];
        await using var api = await MiniProgramApi.Start(settings);

        var statuses = new List<HttpStatusCode>();
        foreach (var claim in claims)
            statuses.Add((await LogIn(api, api.Sandbox.Codes.Issue("alice"), (header, claim))).StatusCode);

        Assert.Equal(LoginsMax, statuses.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(claims.Length - LoginsMax, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Behind_a_proxy_the_address_that_it_says_counts_whatever_else_the_caller_claims()
    {
        settings["Session:ClientAddressHeader"] = Header;
        await using var api = await MiniProgramApi.Start(settings);

        var spoofed = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            var (code, claim) = (api.Sandbox.Codes.Issue($"s-{i}"), ("X-Forwarded-For", $"{i}.1.1.1"));
            spoofed.Add((await LogIn(api, code, claim, (Header, "203.0.113.7"))).StatusCode);
        }

        var neighbour = await LogIn(api, api.Sandbox.Codes.Issue("bob"), (Header, "203.0.113.8:49828"));
        var sameHousehold = new List<HttpStatusCode>();
        for (var i = 1; i <= 8; i++)
        {
            var address = (Header, $"2001:db8:1:2::{i}");
            sameHousehold.Add((await LogIn(api, api.Sandbox.Codes.Issue($"v6-{i}"), address)).StatusCode);
        }

        Assert.Equal(LoginsMax, spoofed.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(HttpStatusCode.Created, neighbour.StatusCode);
        Assert.Equal(LoginsMax, sameHousehold.Count(status => status == HttpStatusCode.Created));
    }

    [Fact]
    public async Task A_proxy_s_header_that_is_malformed_or_said_twice_is_not_believed()
    {
        settings["Session:ClientAddressHeader"] = Header;
        await using var api = await MiniProgramApi.Start(settings);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            var (code, again) = (api.Sandbox.Codes.Issue($"a-{i}"), api.Sandbox.Codes.Issue($"b-{i}"));
            statuses.Add((await LogIn(api, code, (Header, $"{i}.1.1.1"), (Header, "203.0.113.7"))).StatusCode);
            statuses.Add((await LogIn(api, again, (Header, $"{i}.1.1.1, 203.0.113.7"))).StatusCode);
        }

        Assert.Equal(LoginsMax, statuses.Count(status => status == HttpStatusCode.Created));
    }

    private static async Task<HttpResponseMessage> LogIn(
        MiniProgramApi api, string code, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session");
        request.Content = JsonContent.Create(new { code });
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await api.Http.SendAsync(request);
    }

    /// <summary>WeChat takes each code once: one that it still takes has not been asked about.</summary>
    private static async Task<bool> IsUnused(MiniProgramApi api, string code)
    {
        var query = $"?grant_type=authorization_code&appid={MiniProgramApi.AppId}"
            + $"&secret={MiniProgramApi.AppSecret}&js_code={code}";
        var answer = await api.Http.GetStringAsync(new Uri(api.Sandbox.Address, "/sns/jscode2session" + query));
        return JsonNode.Parse(answer)?["openid"] is not null;
    }
}
