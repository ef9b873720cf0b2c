using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform.WeChat;

namespace Pond.Tests.WeChat;

/// <summary>Canaries: none of the values that must stay secret shows up in any log or trace.</summary>
public sealed class SecrecyTests
{
    [Fact, Rule("AUTH-09")]
    public async Task No_code_secret_or_token_reaches_a_log_or_a_trace()
    {
        var seen = new ConcurrentQueue<string>();
        using var traces = Listen(seen);
        using var events = new HttpEvents(seen);
        await using var bench = await WeChatBench.Start();

        var codes = new List<string>();
        foreach (var kind in Enum.GetValues<FailureKind>().Except([FailureKind.Hang, FailureKind.Delay]))
        {
            codes.Add(bench.Sandbox.Codes.Issue("alice"));
            bench.LoginWillMeet(kind);
            seen.Enqueue($"{await bench.Login(codes[^1])}");
            seen.Enqueue($"{await bench.Login(codes[^1])}");
        }

        var token = Assert.IsType<TokenOutcome.Ready>(await bench.Tokens.Current(CancellationToken.None));
        seen.Enqueue($"{token}");

        string[] told = [.. seen.ToArray(), .. bench.Log.Lines]; // a copy: others still write
        Assert.Contains(told, line => line.Contains("sns/jscode2session", StringComparison.Ordinal));
        foreach (var secret in codes.Append(WeChatBench.AppSecret).Append(token.Token))
            Assert.DoesNotContain(told, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("session_key", StringComparison.Ordinal));
    }

    /// <summary>.NET blanks out queries by itself, unless told otherwise; secrecy must not hang on it.</summary>
    [Fact]
    public async Task The_HTTP_client_itself_neither_logs_nor_traces()
    {
        var seen = new ConcurrentQueue<string>();
        using var traces = Listen(seen);
        await using var bench = await WeChatBench.Start();

        await bench.LoginAs("alice");

        Assert.DoesNotContain(bench.Log.Lines, line => line.Contains("System.Net.Http", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, line => line.Contains($":{bench.Sandbox.Address.Port}/", StringComparison.Ordinal));
    }

    private static ActivityListener Listen(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class HttpEvents(ConcurrentQueue<string> seen) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Http")
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            seen?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])}");
    }
}
