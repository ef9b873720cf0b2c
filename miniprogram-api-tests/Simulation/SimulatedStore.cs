using Pond.Orders;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation;

/// <summary>The store as one machine reaches it: over a wire that takes time and goes wrong.</summary>
internal sealed class SimulatedStore(World world, Machine machine) : PartitionStore
{
    /// <summary>What an order keeps first, if it is sent.</summary>
    private const string KeptDelivery = "delivery";

    private static readonly TimeSpan QuickMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan QuickMax = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan SlowMax = TimeSpan.FromSeconds(20);

    /// <summary>With a clock that is wrong beside it, the most that a sweep's second look allows for.</summary>
    private static readonly TimeSpan StandstillMax = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(2);

    /// <summary>What a sweep needs to give an order up once it is time to.</summary>
    private static readonly TimeSpan GivingUpMin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan GivingUpMax = TimeSpan.FromMinutes(5);

    /// <summary>Of two hints, each by its minute: the one that says where to look, and the one for the second look.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan DeadMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DeadMax = TimeSpan.FromSeconds(90);

    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
        Read("find", partition, () => world.Rows.Look(partition, row), cancel);

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel) =>
        Read("range", partition, () => world.Rows.Look(partition, from, until, limit), cancel);

    protected override Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (world.Injection.Meet(machine, PortCallKind.Commit, "commit", partition) is { } way)
            return world.Injection.Commit(machine, way, partition, writes);
        var answer = new TaskCompletionSource<CommitOutcome>();
        var delay = Delay();
        if (Standstill(writes) is { } standstill)
        {
            machine.FrozenUntil = world.Scheduler.GetUtcNow() + standstill;
            Leave(standstill + delay, answer, () => world.Commit(partition, writes));
        }
        else if (Has(writes, OutboxRow.Waiting) && world.Strikes(FaultKind.KillAtCommit))
        {
            var late = world.Noise.Between(TimeSpan.Zero, DueHints.SecondLook - world.Plan.ClocksDiffer - Rounding);
            world.Scheduler.In(delay + late, () => world.Commit(partition, writes));
            world.Crash(machine, world.Noise.Between(DeadMin, DeadMax));
        }
        else if (world.Outage.IsOfStore || world.Strikes(FaultKind.CommitLost)) Leave(delay, answer, Lost);
        else if (world.Strikes(FaultKind.CommitUnanswered))
            Leave(delay, answer, () => world.Commit(partition, writes) is CommitOutcome.Rejected no ? no : Lost());
        else if (world.Strikes(FaultKind.CommitLate))
        {
            Leave(delay, answer, Lost);
            world.Scheduler.In(delay + world.Noise.Between(TimeSpan.Zero, LateMax), () => world.Commit(partition, writes));
        }
        else Leave(delay, answer, () => world.Injection.Land(partition, writes));
        return answer.Task;
    }

    /// <summary>How long its process stands still before a commit; null for not at all.</summary>
    /// <remarks>
    /// Whoever places an order and stands still until that is given up comes back to reserve for it: what is reserved
    /// has no message to send, so no second look has to wait for it.
    /// </remarks>
    private TimeSpan? Standstill(IReadOnlyList<Write> writes)
    {
        if (world.Strikes(FaultKind.FreezeAtCommit)) return world.Noise.Between(TimeSpan.Zero, StandstillMax);
        return Has(writes, KeptDelivery) && world.Strikes(FaultKind.FreezeAtPlacing)
            ? PlacingRules.AbandonAfter + world.Noise.Between(GivingUpMin, GivingUpMax)
            : null;
    }

    private static bool Has(IReadOnlyList<Write> writes, string prefix) => writes.Any(write =>
        write is Write.Insert && write.Key.StartsWith(prefix + ":", StringComparison.Ordinal));

    private Task<T> Read<T>(string what, string partition, Func<T> look, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        world.Reads++;
        if (world.Injection.Meet(machine, PortCallKind.Read, what, partition) is { } way)
            return world.Injection.Read(machine, way, look);
        var answer = new TaskCompletionSource<T>();
        if (world.Strikes(FaultKind.ReadLost))
            machine.In(Delay(), _ => answer.TrySetException(new StoreUnavailableException("The answer to the read was lost.")));
        else
            Leave(Delay(), answer, look);
        if (cancel.CanBeCanceled)
            cancel.UnsafeRegister(static (source, token) => ((TaskCompletionSource<T>)source!).TrySetCanceled(token), answer);
        return answer.Task;
    }

    private TimeSpan Delay() => world.Strikes(FaultKind.StoreSlow)
        ? world.Noise.Between(QuickMax, SlowMax)
        : world.Noise.Between(QuickMin, QuickMax);

    // It happens whether or not the machine that asked for it still lives. What comes of it, a frozen one hears later.
    private void Leave<T>(TimeSpan delay, TaskCompletionSource<T> answer, Func<T> happen) =>
        world.Scheduler.In(delay, () =>
        {
            var outcome = happen();
            if (machine.IsRunning) machine.Run(_ => answer.TrySetResult(outcome), null);
            else machine.In(TimeSpan.Zero, _ => answer.TrySetResult(outcome));
        });

    private static CommitOutcome Lost() =>
        new CommitOutcome.Unknown(new TimeoutException("The answer to the commit was lost."));
}
