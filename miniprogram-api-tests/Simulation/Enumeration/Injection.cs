using Pond.Platform.Outbox;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>One call of a node that goes wrong.</summary>
/// <param name="Number">Of all calls since the arming.</param>
internal sealed record PlannedFault(int Number, FaultWay Way);

/// <summary>A call that was counted.</summary>
/// <param name="IsIdle">It looks for what is due where nothing is, as most looks of a sweep do.</param>
internal sealed record CountedCall(PortCall Call, bool IsIdle);

/// <summary>Counts the calls that nodes make of their ports, and lets planned ones go wrong.</summary>
internal sealed class Injection(World world)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(10);

    private readonly List<CountedCall> calls = [];
    private IReadOnlyList<PlannedFault> planned = [];
    private bool isArmed;
    private UnderWay? late;

    /// <summary>How long a process stays dead.</summary>
    public TimeSpan DeadFor { get; set; } = TimeSpan.FromSeconds(3);

    public IReadOnlyList<CountedCall> Calls => calls;

    public void Arm(IReadOnlyList<PlannedFault> faults) => (planned, isArmed) = (faults, true);

    public void Disarm() => isArmed = false;

    /// <summary>How this call goes wrong, or null. Nothing that a dead machine still asks for happens.</summary>
    public FaultWay? Meet(Machine machine, PortCallKind kind, string what, string where = "")
    {
        if (machine.IsDead) return FaultWay.CrashesBefore;
        if (!isArmed) return null;
        var call = new PortCall(calls.Count + 1, kind, $"{what} {where}".TrimEnd());
        calls.Add(new CountedCall(call, kind is PortCallKind.Read && IsIdle(where)));
        if (planned.FirstOrDefault(fault => fault.Number == call.Number) is not { } fault) return null;
        world.Trace.Add($"{fault.Way} at call {call.Number}", call.Name);
        return fault.Way;
    }

    /// <summary>A commit that goes wrong so.</summary>
    public Task<CommitOutcome> Commit(Machine machine, FaultWay way, string partition, IReadOnlyList<Write> writes)
    {
        if (way is FaultWay.LandsBeforeNextCommit or FaultWay.LandsAfterNextCommit)
        {
            late = new UnderWay(partition, writes, LandsFirst: way is FaultWay.LandsBeforeNextCommit);
            world.Scheduler.In(LateMax, LandLate); // should nobody write there any more
        }

        return GoWrong(machine, way, () => world.Commit(partition, writes), answer => answer.TrySetResult(
            new CommitOutcome.Unknown(new TimeoutException("The answer to the commit was lost."))));
    }

    /// <summary>Any other commit that arrives, and what is still under way to its partition.</summary>
    public CommitOutcome Land(string partition, IReadOnlyList<Write> writes)
    {
        var meets = late?.Partition == partition;
        if (meets && late!.LandsFirst) LandLate();
        var outcome = world.Commit(partition, writes);
        if (meets) LandLate();
        return outcome;
    }

    public Task<T> Read<T>(Machine machine, FaultWay way, Func<T> look) => GoWrong(machine, way, look, answer =>
        answer.TrySetException(new StoreUnavailableException("The answer to the read was lost.")));

    public Task<T> Queue<T>(Machine machine, FaultWay way, Func<T> happen) => GoWrong(machine, way, happen, answer =>
        answer.TrySetException(new QueueUnavailableException("The answer of the queue was lost.")));

    /// <summary>A call to WeChat that goes wrong so.</summary>
    public Task<HttpResponseMessage> Call(Machine machine, FaultWay way, Request request)
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        if (way is FaultWay.CrashesBefore) world.Crash(machine, DeadFor);
        else if (way is FaultWay.CrashesAfter) Serve(() => world.Crash(machine, DeadFor));
        else if (way is FaultWay.FailsAfter) Serve(() => Lose(HttpRequestError.ResponseEnded));
        else Lose(HttpRequestError.ConnectionError);
        return answer.Task;

        void Serve(Action done) => world.Scheduler.In(Delay, () => world.WeChat.Serve(request, _ => done()));

        void Lose(HttpRequestError error) => world.Scheduler.In(Delay, () => machine.Answer(() =>
            answer.TrySetException(new HttpRequestException(error, "WeChat cannot be heard."))));
    }

    private bool IsIdle(string partition) => partition.Contains(":due:", StringComparison.Ordinal) && world.Rows.Look(
        partition, DueHints.From, DueHints.Until(world.Scheduler.GetUtcNow()), limit: 1).Rows.Count == 0;

    private Task<T> GoWrong<T>(
        Machine machine, FaultWay way, Func<T> happen, Action<TaskCompletionSource<T>> lose)
    {
        var answer = new TaskCompletionSource<T>();
        if (way is FaultWay.CrashesBefore)
        {
            world.Crash(machine, DeadFor);
            return answer.Task;
        }

        world.Scheduler.In(Delay, () =>
        {
            if (way is FaultWay.CrashesAfter or FaultWay.FailsAfter) happen();
            if (way is FaultWay.CrashesAfter) world.Crash(machine, DeadFor);
            else machine.In(TimeSpan.Zero, _ => lose(answer));
        });
        return answer.Task;
    }

    private void LandLate()
    {
        if (late is not { } commit) return;
        late = null;
        world.Commit(commit.Partition, commit.Writes);
    }

    /// <summary>A commit whose caller has given up on it.</summary>
    private sealed record UnderWay(string Partition, IReadOnlyList<Write> Writes, bool LandsFirst);
}
