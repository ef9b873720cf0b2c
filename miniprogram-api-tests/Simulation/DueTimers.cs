using Pond.Platform.Outbox;
using Pond.Tests.Simulation.Enumeration;

namespace Pond.Tests.Simulation;

/// <summary>The timers that finish what was begun, and which of them have something to do.</summary>
internal static class DueTimers
{
    private const string Due = ":due:";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> KindBy = new(Find);
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(20);

    /// <summary>Looks for the timers that there are, in a world of its own: before another one has begun.</summary>
    public static void FindOnce() => _ = KindBy.Value;

    /// <summary>Those for which something is due by any clock of the world. The others would only read.</summary>
    public static IReadOnlyList<string> WithWork(World world) => [.. KindBy.Value.Keys.Where(timer => HasWork(world, timer))];

    /// <summary>Whether it is one of them.</summary>
    public static bool HasWork(World world, string timer)
    {
        var until = DueHints.Until(world.Scheduler.GetUtcNow() + world.Plan.ClocksDiffer);
        return Enumerable.Range(0, DueHints.Shards).Any(shard =>
            world.Rows.Look(DueHints.PartitionOf(KindBy.Value[timer], shard), DueHints.From, until, limit: 1).Rows.Count > 0);
    }

    private static string KindOf(string partition) => partition[(partition.IndexOf(Due, StringComparison.Ordinal) + Due.Length)..];

    // Which hints a timer looks at, it says itself, in a world where there is nothing.
    private static Dictionary<string, string> Find()
    {
        var kindBy = new Dictionary<string, string>();
        foreach (var name in SimulationRun.Timers)
        {
            using var world = new World(Trial.Calm);
            world.StartNode(0);
            world.Injection.Arm([]);
            world.Begin(world.MachineAt(0), world.Own, () => world.AnyNode()!.Fire(name));
            world.RunFor(RunMax);
            Assert.NotEmpty(world.Injection.Calls);
            kindBy.Add(name, KindOf(world.Injection.Calls[0].Call.Name));
        }

        return kindBy;
    }
}
