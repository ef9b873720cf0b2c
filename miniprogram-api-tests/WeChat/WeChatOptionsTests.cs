using Pond.Platform.WeChat;

namespace Pond.Tests.WeChat;

public sealed class WeChatOptionsTests
{
    private const string AppId = "wx00000000000000aa";
    private const string Secret = "5ec2e7000000000000000000000000cc";
    private const string Real = WeChatOptions.RealApiBase;

    [Theory]
    [InlineData(AppId, Secret, Real, true)]
    [InlineData(AppId, Secret, Real, false)]
    [InlineData(AppId, Secret, "http://localhost:7072", false)]
    [InlineData(AppId, Secret, "http://127.0.0.1:7072/", false)]
    [InlineData(WeChatOptions.SampleAppId, WeChatOptions.SampleAppSecret, "http://[::1]:7072", false)]
    public void Good_settings_have_no_problems(string appId, string secret, string apiBase, bool production) =>
        Assert.Empty(Options(appId, secret, apiBase).Problems(production));

    [Theory]
    [InlineData("", Secret, Real, false, "WeChat:AppId")]
    [InlineData("wx00000000000000a", Secret, Real, false, "WeChat:AppId")]
    [InlineData("wx00000000000000AA", Secret, Real, false, "WeChat:AppId")]
    [InlineData("wx00000000000000aa\n", Secret, Real, false, "WeChat:AppId")]
    [InlineData("gh00000000000000aa", Secret, Real, false, "WeChat:AppId")]
    [InlineData(WeChatOptions.SampleAppId, Secret, Real, true, "WeChat:AppId")]
    [InlineData(AppId, "", Real, false, "WeChat:AppSecret")]
    [InlineData(AppId, "5ec2e7", Real, false, "WeChat:AppSecret")]
    [InlineData(AppId, "5ec2e7000000000000000000000000cg", Real, false, "WeChat:AppSecret")]
    [InlineData(AppId, WeChatOptions.SampleAppSecret, Real, true, "WeChat:AppSecret")]
    [InlineData(AppId, Secret, "", false, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "api.weixin.qq.com", false, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "http://api.weixin.qq.com", false, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "ftp://localhost", false, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "https://api.weixin.qq.com/sns", false, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "https://user@api.weixin.qq.com", false, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "http://localhost:7072", true, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "http://api.weixin.qq.com", true, "WeChat:ApiBase")]
    [InlineData(AppId, Secret, "https://api.weixin.qq.com.example.com", true, "WeChat:ApiBase")]
    public void A_bad_setting_is_named(string appId, string secret, string apiBase, bool production, string setting)
    {
        var problem = Assert.Single(Options(appId, secret, apiBase).Problems(production));

        Assert.StartsWith(setting, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_told_and_none_tells_the_secret()
    {
        var problems = Options("", "hunter2", "nowhere").Problems(production: true);

        Assert.Equal(3, problems.Count);
        Assert.DoesNotContain(problems, problem => problem.Contains("hunter2", StringComparison.Ordinal));
    }

    private static WeChatOptions Options(string appId, string secret, string apiBase) =>
        new() { AppId = appId, AppSecret = secret, ApiBase = apiBase };
}
