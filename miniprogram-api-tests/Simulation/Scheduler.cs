namespace Pond.Tests.Simulation;

/// <summary>
/// One thread that makes every step of every machine, in virtual time; steps of one instant go in an order by chance.
/// </summary>
internal sealed class Scheduler(ulong seed) : TimeProvider
{
    private readonly PriorityQueue<Step, (long Ticks, ulong Tie)> steps = new();
    private readonly Chance ties = new(Chance.Seed(seed, "order"));
    private int thread = Environment.CurrentManagedThreadId;
    private long nowTicks = HandClock.Start.UtcTicks;

    /// <summary>The true time, which no machine need have.</summary>
    public override DateTimeOffset GetUtcNow() => new(nowTicks, TimeSpan.Zero);

    /// <summary>Whether the caller is on the one thread.</summary>
    public bool IsOwnThread => Environment.CurrentManagedThreadId == thread;

    /// <summary>From now on the one thread is the caller's.</summary>
    public void MoveHere() => thread = Environment.CurrentManagedThreadId;

    /// <summary>Steps made so far.</summary>
    public long Made { get; private set; }

    /// <summary>Lets something happen that is no machine's own, on behalf of whoever acts now.</summary>
    public void In(TimeSpan delay, Action act)
    {
        var actor = Actor.Current;
        Enqueue(delay, new Step(null, actor is null ? Do : state => DoFor(actor, state), act));
    }

    /// <summary>Lets a machine go on. A dead one does not, and a frozen one does once it has thawed.</summary>
    public void In(TimeSpan delay, Machine machine, SendOrPostCallback go, object? state) =>
        Enqueue(delay, new Step(machine, go, state));

    /// <summary>Makes the next step, unless it lies behind the time.</summary>
    public bool MakeNext(DateTimeOffset until)
    {
        if (!steps.TryPeek(out var step, out var at) || at.Ticks > until.UtcTicks) return false;
        steps.Dequeue();
        nowTicks = Math.Max(nowTicks, at.Ticks);
        Made++;
        step.Make(this);
        return true;
    }

    /// <summary>Makes every step up to the time, and moves the clock there.</summary>
    public void RunUntil(DateTimeOffset time)
    {
        while (MakeNext(time))
        {
            // step by step
        }

        nowTicks = Math.Max(nowTicks, time.UtcTicks);
    }

    /// <summary>A timer on the true time, for phones and WeChat.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(this, null, callback, state).Started(dueTime);

    private static void Do(object? act) => ((Action)act!)();

    private static void DoFor(Actor actor, object? act)
    {
        Actor.Current = actor;
        Do(act);
        Actor.Current = null;
    }

    private void Enqueue(TimeSpan delay, Step step)
    {
        if (!IsOwnThread)
            throw new InvalidOperationException("Another thread is at work: what follows would be by its chance.");
        steps.Enqueue(step, (nowTicks + Math.Max(0, delay.Ticks), ties.Next()));
    }

    private readonly record struct Step(Machine? Machine, SendOrPostCallback Go, object? State)
    {
        public void Make(Scheduler scheduler)
        {
            if (Machine is null) Go(State);
            else if (Machine.FrozenUntil is { } thaw && thaw > scheduler.GetUtcNow())
                scheduler.In(thaw - scheduler.GetUtcNow(), Machine, Go, State);
            else Machine.Run(Go, State);
        }
    }
}

/// <summary>A timer in virtual time; one that is made anew or thrown away goes off no more.</summary>
internal sealed class VirtualTimer(Scheduler scheduler, Machine? machine, TimerCallback callback, object? state) : ITimer
{
    private int round;

    public VirtualTimer Started(TimeSpan dueTime)
    {
        Change(dueTime, Timeout.InfiniteTimeSpan);
        return this;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var mine = ++round;
        if (dueTime == Timeout.InfiniteTimeSpan) return true;
        if (machine is null) scheduler.In(dueTime, () => GoOff(mine));
        else scheduler.In(dueTime, machine, _ => GoOff(mine), null);
        return true;
    }

    public void Dispose() => round++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void GoOff(int mine)
    {
        if (mine == round) callback(state);
    }
}
