using System.Collections.Concurrent;

namespace Pond.Tests.Simulation;

/// <summary>One process from its start to its death: whatever it awaits comes back through the scheduler.</summary>
/// <remarks>
/// Its death is that of kill -9: nothing that waits to go on ever does, <c>finally</c> blocks included. What it has sent
/// out already arrives all the same.
/// </remarks>
internal sealed class Machine(Scheduler scheduler, string name) : SynchronizationContext
{
    private static readonly ConcurrentDictionary<Type, bool> OfRouting = [];

    public string Name => name;

    public bool IsDead { get; private set; }

    /// <summary>It stands still until then, and notices nothing of it.</summary>
    public DateTimeOffset? FrozenUntil { get; set; }

    /// <summary>How far its clock is from the true time.</summary>
    public TimeSpan Skew { get; set; }

    public bool IsRunning => !IsDead && !(FrozenUntil > scheduler.GetUtcNow());

    public void Die() => IsDead = true;

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOfRouting(state)) base.Post(d, state);
        else scheduler.In(TimeSpan.Zero, this, d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in this app waits for another thread.");

    /// <summary>Makes a step of it now.</summary>
    public void Run(SendOrPostCallback go, object? state)
    {
        if (IsDead) return;
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            go(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>
    /// Gives an answer that a library waits for, which comes back to no context: it goes on at once, and what the app
    /// awaits of it comes through the scheduler.
    /// </summary>
    public void Answer(Action answer) => In(TimeSpan.Zero, _ =>
    {
        SetSynchronizationContext(null);
        answer();
    });

    public void In(TimeSpan delay, SendOrPostCallback go) => scheduler.In(delay, this, go, null);

    /// <summary>Its own clock, with timers that its death and its freezing stop.</summary>
    public TimeProvider Clock { get; private set; } = null!;

    public Machine WithClock()
    {
        Clock = new OwnClock(scheduler, this);
        return this;
    }

    // The framework compiles its routing tables on a thread of its own. Nothing of the app waits for that. Which thread
    // says that it is done depends on which was quicker, so it must be no step in any case.
    private static bool IsOfRouting(object? state) => state is Action { Target: { } waiting }
        && OfRouting.GetOrAdd(waiting.GetType(), static type =>
            type.GenericTypeArguments is [.., { Namespace: "Microsoft.AspNetCore.Routing.Matching" }]);

    private sealed class OwnClock(Scheduler scheduler, Machine machine) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => scheduler.GetUtcNow() + machine.Skew;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new VirtualTimer(scheduler, machine, callback, state).Started(dueTime);
    }
}
