using Pond.LocalHost.WeChatSandbox;

namespace Pond.Tests.Simulation;

/// <summary>A sandbox that serves one world after the other: compiling its routes takes longer than a whole world.</summary>
internal sealed class ReusedSandbox : TimeProvider
{
    private readonly RewiredHandler wire = new();
    private Scheduler? scheduler;

    public ReusedSandbox()
    {
        Sandbox = new SandboxServer(MiniProgramApi.WeChatAt(port: 0), this, new SandboxWires(Server, wire));
        Sandbox.Pay.AnswerTimeMax = Timeout.InfiniteTimeSpan; // real time; the wire has its own
        Sandbox.Pay.NotifyTo = new Uri("http://localhost:2");
        Sandbox.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public InProcessServer Server { get; } = new();

    public SandboxServer Sandbox { get; }

    /// <summary>From now on it is this world's, and remembers no other.</summary>
    public void Begin(World world, Machine machine)
    {
        scheduler = world.Scheduler;
        wire.Next = new HttpMessageInvoker(new WireToApp(world, machine));
        Sandbox.Reset();
        Sandbox.Pay.PublicKeyOnly = true; // certificates have serial numbers by a chance that is not the seed's
    }

    public override DateTimeOffset GetUtcNow() => scheduler?.GetUtcNow() ?? HandClock.Start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        scheduler!.CreateTimer(callback, state, dueTime, period);

    private sealed class RewiredHandler : HttpMessageHandler
    {
        public HttpMessageInvoker? Next { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Next!.SendAsync(request, cancellationToken);
    }
}
