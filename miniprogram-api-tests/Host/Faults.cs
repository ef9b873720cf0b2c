namespace Pond.Tests;

/// <summary>How a call to a store, a queue or WeChat Pay goes wrong.</summary>
public enum FaultWay
{
    /// <summary>Nothing happened, and the caller does not know that.</summary>
    FailsBefore,

    /// <summary>It happened, and the caller does not know that.</summary>
    FailsAfter,

    /// <summary>A commit that stays under way, and lands right before the next commit on its partition.</summary>
    LandsBeforeNextCommit,

    /// <summary>A commit that stays under way, and lands right after the next commit on its partition.</summary>
    LandsAfterNextCommit,

    /// <summary>Nothing happened, and the process dies.</summary>
    CrashesBefore,

    /// <summary>It happened, and the process dies.</summary>
    CrashesAfter,
}

/// <summary>What a port is asked for.</summary>
public enum PortCallKind
{
    Read,
    Commit,
    Queue,

    /// <summary>A call to WeChat Pay.</summary>
    WeChat,
}

/// <summary>One call of a port.</summary>
/// <param name="Number">1, 2, 3 … since the arming.</param>
/// <param name="Name">What and where, such as <c>commit m:…</c>.</param>
public sealed record PortCall(int Number, PortCallKind Kind, string Name);

/// <summary>Nothing catches it, as nothing of a process runs on that died.</summary>
public sealed class CrashException() : Exception("The process died at this call.");

/// <summary>Counts the calls of a store, its queues and WeChat Pay, and lets chosen ones go wrong.</summary>
public sealed class Faults
{
    private readonly Lock sync = new();
    private List<PortCall> calls = [];
    private Predicate<PortCall>? chosen;
    private FaultWay chosenWay;
    private int timesLeft;

    /// <summary>After it every call fails, until the app has been started anew.</summary>
    public bool Crashed { get; private set; }

    /// <summary>The calls since the arming.</summary>
    public IReadOnlyList<PortCall> Calls
    {
        get
        {
            lock (sync) return [.. calls];
        }
    }

    /// <summary>What others do right before a counted call is carried out.</summary>
    public Func<PortCall, Task>? Before { get; set; }

    /// <summary>What others do between a fault and its answer.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Counts from here on, and lets nothing go wrong.</summary>
    public void Count() => Arm(_ => false, default, times: 0);

    /// <summary>Counts from here on, and lets one call go wrong.</summary>
    public void Arm(int number, FaultWay way) => Arm(call => call.Number == number, way);

    /// <summary>Counts from here on, and lets the first calls go wrong that are chosen.</summary>
    public void Arm(Predicate<PortCall> choice, FaultWay way, int times = 1)
    {
        lock (sync) (calls, chosen, chosenWay, timesLeft) = ([], choice, way, times);
    }

    /// <summary>Counts no more.</summary>
    /// <returns>The calls since the arming.</returns>
    public IReadOnlyList<PortCall> Disarm()
    {
        lock (sync) chosen = null;
        return Calls;
    }

    /// <summary>The process is started anew.</summary>
    public void Revive() => Crashed = false;

    internal CrashException Crash()
    {
        Crashed = true;
        return new CrashException();
    }

    /// <summary>How this call goes wrong, or null.</summary>
    internal async Task<FaultWay?> Meet(PortCallKind kind, string name)
    {
        PortCall call;
        lock (sync)
        {
            if (Crashed) throw new CrashException();
            if (chosen is null) return null;
            calls.Add(call = new PortCall(calls.Count + 1, kind, name));
        }

        if (Before is { } before) await before(call);
        lock (sync)
        {
            if (timesLeft == 0 || chosen?.Invoke(call) is not true) return null;
            timesLeft--;
            return chosenWay;
        }
    }

    /// <summary>Carries out a call that answers or throws.</summary>
    /// <param name="lost">What is thrown when the answer is lost.</param>
    internal async Task<T> Around<T>(PortCallKind kind, string name, Func<Task<T>> call, Func<Exception> lost)
    {
        var way = await Meet(kind, name);
        if (way is null) return await call();
        if (way is FaultWay.CrashesBefore) throw Crash();
        if (way is FaultWay.FailsAfter or FaultWay.CrashesAfter) await call();
        if (way is FaultWay.CrashesAfter) throw Crash();
        if (Meanwhile is { } meanwhile) await meanwhile();
        throw lost();
    }
}
