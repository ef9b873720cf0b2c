using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.WeChat;
using static Pond.Platform.WeChat.LoginOutcome;

namespace Pond.Tests.WeChat;

public sealed class LoginFailureTests
{
    [Fact]
    public async Task A_busy_WeChat_is_asked_again()
    {
        await using var bench = await WeChatBench.Start();
        bench.LoginWillMeet(FailureKind.ErrCode, times: WeChatCalls.TriesMax - 1);

        Assert.IsType<SignedIn>(await bench.LoginAs("alice"));
        Assert.Collection(
            bench.Clock.Waits,
            first => Assert.InRange(first.TotalMilliseconds, 50, 100),
            second => Assert.InRange(second.TotalMilliseconds, 100, 200));
    }

    [Fact]
    public async Task A_WeChat_that_stays_busy_is_asked_three_times_and_no_more()
    {
        await using var bench = await WeChatBench.Start();
        bench.LoginWillMeet(FailureKind.ErrCode, times: WeChatCalls.TriesMax + 1);

        Assert.IsType<Busy>(await bench.LoginAs("alice"));
        Assert.Equal(1, Assert.Single(bench.Sandbox.Failures.All).Times);
    }

    [Theory]
    [InlineData(40013)]
    [InlineData(40125)]
    [InlineData(40164)]
    [InlineData(40243)]
    [InlineData(41002)]
    [InlineData(41004)]
    [InlineData(48001)]
    public async Task What_only_we_can_mend_is_not_tried_again(int errCode)
    {
        await using var bench = await WeChatBench.Start();
        bench.LoginWillMeet(FailureKind.ErrCode, errCode: errCode);

        Assert.Equal(new Misconfigured(errCode), await bench.LoginAs("alice"));
        Assert.Empty(bench.Clock.Waits);
    }

    [Theory]
    [InlineData(FailureKind.Html)]
    [InlineData(FailureKind.Huge)]
    [InlineData(FailureKind.Drop)]
    [InlineData(FailureKind.Status, 500)]
    [InlineData(FailureKind.Status, 503)]
    [InlineData(FailureKind.Status, 302)]
    [InlineData(FailureKind.Status, 404)]
    public async Task An_answer_that_says_nothing_is_busy_and_leaves_the_code_good(FailureKind kind, int status = 500)
    {
        await using var bench = await WeChatBench.Start();
        var code = bench.Sandbox.Codes.Issue("alice");
        bench.LoginWillMeet(kind, status: status);

        Assert.IsType<Busy>(await bench.Login(code));
        Assert.IsType<SignedIn>(await bench.Login(code));
    }

    [Fact]
    public async Task A_code_whose_answer_was_lost_is_used_up()
    {
        await using var bench = await WeChatBench.Start();
        var code = bench.Sandbox.Codes.Issue("alice");
        bench.LoginWillMeet(FailureKind.Lost);

        Assert.IsType<Busy>(await bench.Login(code));
        Assert.IsType<CodeRefused>(await bench.Login(code));
    }

    [Fact]
    public async Task A_WeChat_that_hangs_is_busy_when_the_time_of_a_try_is_over()
    {
        await using var bench = await WeChatBench.Start(change: http =>
            http.ConfigureHttpClient(client => client.Timeout = TimeSpan.FromSeconds(1)));
        await bench.LoginAs("bob"); // connects: a time-out while connecting would be tried again
        var waits = bench.Clock.Waits.Count;
        bench.LoginWillMeet(FailureKind.Hang);

        Assert.IsType<Busy>(await bench.LoginAs("alice"));
        Assert.Equal(waits, bench.Clock.Waits.Count);
    }

    [Fact]
    public async Task A_caller_who_goes_away_ends_the_call()
    {
        await using var bench = await WeChatBench.Start();
        bench.LoginWillMeet(FailureKind.Hang);
        using var gone = new CancellationTokenSource();

        var login = bench.Api.ExchangeCode(bench.Sandbox.Codes.Issue("alice"), gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
    }

    [Fact]
    public async Task A_WeChat_that_is_not_there_is_asked_again_and_then_busy()
    {
        await using var bench = await WeChatBench.Start();
        await bench.Sandbox.StopAsync(CancellationToken.None);

        Assert.IsType<Busy>(await bench.Login("any-code"));
        Assert.Equal(WeChatCalls.TriesMax - 1, bench.Clock.Waits.Count);
    }
}
