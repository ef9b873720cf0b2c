using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.WeChat;
using static Pond.Platform.WeChat.LoginOutcome;

namespace Pond.Tests.WeChat;

public sealed class LoginTests
{
    [Fact]
    public async Task A_fresh_code_signs_its_shopper_in()
    {
        await using var bench = await WeChatBench.Start();

        var outcome = await bench.LoginAs("alice");

        Assert.Equal(new SignedIn(Shoppers.OpenIdOf(WeChatBench.AppId, "alice"), UnionId: null), outcome);
    }

    [Fact]
    public async Task A_shopper_keeps_the_openid_and_no_two_share_one()
    {
        await using var bench = await WeChatBench.Start();

        var first = await bench.LoginAs("alice");
        var again = await bench.LoginAs("alice");
        var other = await bench.LoginAs("bob");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task A_bound_shopper_comes_with_a_unionid()
    {
        await using var bench = await WeChatBench.Start();
        bench.Sandbox.Shoppers.Bind("alice", "u-alice");

        var outcome = await bench.LoginAs("alice");

        Assert.Equal("u-alice", Assert.IsType<SignedIn>(outcome).UnionId);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await using var bench = await WeChatBench.Start();
        var code = bench.Sandbox.Codes.Issue("alice");

        Assert.IsType<SignedIn>(await bench.Login(code));
        Assert.IsType<CodeRefused>(await bench.Login(code));
    }

    [Fact]
    public async Task A_code_lives_five_minutes_and_not_a_moment_more()
    {
        await using var bench = await WeChatBench.Start();
        var early = bench.Sandbox.Codes.Issue("alice");
        var late = bench.Sandbox.Codes.Issue("alice");

        bench.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<SignedIn>(await bench.Login(early));
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<CodeRefused>(await bench.Login(late));
    }

    [Fact]
    public async Task A_code_of_another_mini_program_is_refused()
    {
        await using var bench = await WeChatBench.Start();

        var outcome = await bench.Login(bench.Sandbox.Codes.Issue("alice", appId: "wx00000000000000bb"));

        Assert.IsType<CodeRefused>(outcome);
    }

    [Theory]
    [InlineData("nobody-made-this")]
    [InlineData("a&appid=wx00000000000000bb&grant_type=x")]
    [InlineData("#?%00 登录码\ud800")]
    public async Task Whatever_a_phone_sends_as_a_code_is_no_more_than_a_wrong_code(string code)
    {
        await using var bench = await WeChatBench.Start();

        Assert.IsType<CodeRefused>(await bench.Login(code));
    }

    [Fact]
    public async Task A_code_that_cannot_be_one_costs_no_call()
    {
        await using var bench = await WeChatBench.Start();
        bench.LoginWillMeet(FailureKind.Status, times: 2);

        Assert.IsType<CodeRefused>(await bench.Login(""));
        Assert.IsType<CodeRefused>(await bench.Login(new string('c', WeChatApi.CodeCharsMax + 1)));
        Assert.Equal(2, Assert.Single(bench.Sandbox.Failures.All).Times);
    }

    [Fact]
    public async Task A_wrong_secret_is_our_fault_and_said_so()
    {
        await using var bench = await WeChatBench.Start(secret: "bad00000000000000000000000000000");

        Assert.Equal(new Misconfigured(40125), await bench.LoginAs("alice"));
        Assert.Contains(bench.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("40125", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hundred_and_first_login_of_a_minute_must_wait_for_the_next()
    {
        await using var bench = await WeChatBench.Start();
        for (var i = 0; i < 100; i++)
            Assert.IsType<SignedIn>(await bench.LoginAs("alice"));

        Assert.IsType<Busy>(await bench.LoginAs("alice"));
        Assert.IsType<SignedIn>(await bench.LoginAs("bob"));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SignedIn>(await bench.LoginAs("alice"));
    }

    [Fact]
    public async Task A_shopper_whom_WeChat_holds_for_a_danger_is_blocked()
    {
        await using var bench = await WeChatBench.Start();
        bench.Sandbox.Shoppers.MarkRisk("alice", highRisk: true);

        Assert.IsType<Blocked>(await bench.LoginAs("alice"));
        Assert.IsType<SignedIn>(await bench.LoginAs("bob"));
    }
}
