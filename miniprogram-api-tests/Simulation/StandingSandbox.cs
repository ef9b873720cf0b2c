using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Simulation;

/// <summary>
/// WeChat's sandbox, which the worlds of one thread have one after the other: to put it together takes longer than many
/// a run.
/// </summary>
internal sealed class StandingSandbox
{
    [ThreadStatic]
    private static StandingSandbox? ofThread;

    private readonly PresentClock clock = new();
    private readonly PresentWire wire = new();
    private readonly SandboxServer sandbox;
    private object? holder;

    private StandingSandbox()
    {
        sandbox = new SandboxServer(MiniProgramApi.WeChatAt(port: 0), clock, new SandboxWires(Server, wire));
        sandbox.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public InProcessServer Server { get; } = new();

    /// <summary>From now on it is this one's, and remembers nothing.</summary>
    public static StandingSandbox For(object holder, TimeProvider clock, HttpMessageHandler wire)
    {
        var standing = ofThread ??= new StandingSandbox();
        (standing.holder, standing.clock.Present, standing.wire.Present) = (holder, clock, new HttpMessageInvoker(wire));
        standing.sandbox.Reset();
        return standing;
    }

    public SandboxServer Of(object asking) => holder == asking
        ? sandbox
        : throw new InvalidOperationException("Another world of this thread has WeChat now.");

    private sealed class PresentClock : TimeProvider
    {
        public TimeProvider Present { get; set; } = System;

        public override DateTimeOffset GetUtcNow() => Present.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Present.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class PresentWire : HttpMessageHandler
    {
        public HttpMessageInvoker Present { get; set; } = null!;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => Present.SendAsync(request, cancellationToken);
    }
}
