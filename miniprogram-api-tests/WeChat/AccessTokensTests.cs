using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.WeChat;
using static Pond.Platform.WeChat.TokenOutcome;

namespace Pond.Tests.WeChat;

public sealed class AccessTokensTests
{
    private const string StablePath = "/cgi-bin/stable_token";

    [Fact]
    public async Task Fifty_callers_at_once_make_one_call_and_get_one_token()
    {
        using var door = new Door();
        await using var bench = await WeChatBench.Start(change: http => http.AddHttpMessageHandler(() => door));

        var callers = new Task<TokenOutcome>[50];
        Parallel.For(0, callers.Length, i => callers[i] = Current(bench));
        door.Open();
        var outcomes = await Task.WhenAll(callers);

        Assert.Single(outcomes.Distinct());
        Assert.IsType<Ready>(outcomes[0]);
        Assert.Equal(1, door.Calls);
    }

    [Fact]
    public async Task A_token_is_held_until_five_minutes_before_its_end()
    {
        using var door = new Door();
        door.Open();
        await using var bench = await WeChatBench.Start(change: http => http.AddHttpMessageHandler(() => door));

        var first = await Current(bench);
        bench.Clock.Advance(TimeSpan.FromMinutes(115) - TimeSpan.FromSeconds(1));
        Assert.Equal(first, await Current(bench));
        Assert.Equal(1, door.Calls);

        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual(first, await Current(bench));
        Assert.Equal(2, door.Calls);
    }

    [Fact]
    public async Task A_refused_token_is_forgotten_and_the_next_one_works()
    {
        await using var bench = await WeChatBench.Start();
        var dead = Assert.IsType<Ready>(await Current(bench)).Token;
        bench.Sandbox.Tokens.Invalidate();

        bench.Tokens.Forget(dead);
        var fresh = Assert.IsType<Ready>(await Current(bench)).Token;

        Assert.NotNull(bench.Sandbox.Tokens.Check(dead));
        Assert.Null(bench.Sandbox.Tokens.Check(fresh));
    }

    [Fact]
    public async Task Forgetting_an_older_token_leaves_the_new_one()
    {
        using var door = new Door();
        door.Open();
        await using var bench = await WeChatBench.Start(change: http => http.AddHttpMessageHandler(() => door));
        var held = await Current(bench);

        bench.Tokens.Forget("the-one-before");

        Assert.Equal(held, await Current(bench));
        Assert.Equal(1, door.Calls);
    }

    [Fact]
    public async Task A_caller_who_goes_away_does_not_take_the_token_from_the_others()
    {
        using var door = new Door();
        await using var bench = await WeChatBench.Start(change: http => http.AddHttpMessageHandler(() => door));
        using var gone = new CancellationTokenSource();

        var first = bench.Tokens.Current(gone.Token);
        var second = Current(bench);
        await gone.CancelAsync();
        door.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.IsType<Ready>(await second);
        Assert.Equal(1, door.Calls);
    }

    [Fact]
    public async Task A_failure_is_not_held()
    {
        await using var bench = await WeChatBench.Start();
        bench.Sandbox.Failures.Add(new(StablePath, FailureKind.Html));

        Assert.IsType<Busy>(await Current(bench));
        Assert.IsType<Ready>(await Current(bench));
    }

    [Theory]
    [InlineData(45009)]
    [InlineData(45011)]
    public async Task A_spent_quota_is_busy(int errCode)
    {
        await using var bench = await WeChatBench.Start();
        bench.Sandbox.Failures.Add(new(StablePath, FailureKind.ErrCode, ErrCode: errCode));

        Assert.IsType<Busy>(await Current(bench));
    }

    [Fact]
    public async Task A_wrong_secret_is_our_fault()
    {
        await using var bench = await WeChatBench.Start(secret: "bad00000000000000000000000000000");

        Assert.Equal(new Misconfigured(40125), await Current(bench));
    }

    private static Task<TokenOutcome> Current(WeChatBench bench) => bench.Tokens.Current(CancellationToken.None);

    /// <summary>Counts the calls to WeChat and holds them back until it opens.</summary>
    private sealed class Door : DelegatingHandler
    {
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int calls;

        public int Calls => Volatile.Read(ref calls);

        public void Open() => opened.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref calls);
            await opened.Task.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
