using System.Globalization;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Processes;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>Lets a world finish what it has begun, and looks whether it adds up.</summary>
internal static class Quieting
{
    private const int RoundsMax = 120;

    private const string Due = ":due:";
    private const string Minute = "yyyyMMddHHmm";

    private static readonly Lazy<List<(string Name, string Kind)>> Timers = new(FindTimers);
    private static readonly TimeSpan TimerMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LooksAhead = TimeSpan.FromMinutes(30);

    /// <summary>Looks for the timers that there are, in a world of its own: before another one has begun.</summary>
    public static void FindTimersOnce() => _ = Timers.Value;

    /// <summary>Makes steps until then, or until something is broken.</summary>
    public static void RunFor(this World world, TimeSpan time)
    {
        var until = world.Scheduler.GetUtcNow() + time;
        while (world.Violation is null && world.Scheduler.MakeNext(until))
        {
            // step by step
        }

        if (world.Violation is null) world.Scheduler.RunUntil(until);
    }

    /// <summary>Makes steps until it is so, for so long at most.</summary>
    /// <returns>Whether it has become so.</returns>
    public static bool RunUntil(this World world, Func<bool> isSo, TimeSpan most)
    {
        var until = world.Scheduler.GetUtcNow() + most;
        while (world.Violation is null && !isSo())
            if (!world.Scheduler.MakeNext(until)) return false;
        return world.Violation is null;
    }

    /// <summary>Time passes, and timers run when something is due, until nothing is before long.</summary>
    public static void Quiet(this World world, Func<bool> isDone)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var isStill = world.RunUntil(() => isDone() && world.HasNoWork(), BetweenRounds);
            if (world.Violation is not null || (isStill && world.IsQuiet())) return;
            if (isStill && world.NextDue() is { } due) world.RunFor(due - world.Scheduler.GetUtcNow());
            foreach (var timer in Timers.Value.Where(timer => world.IsDue(timer.Kind))) world.Fire(timer.Name, round);
            world.RunFor(TimerMax);
        }

        world.Violate(isDone() ? $"It never becomes quiet: {world.Restless()}" : "Somebody waits for ever.");
    }

    /// <summary>No message waits, and no row in an outbox.</summary>
    public static bool HasNoWork(this World world) => world.Messages.Waiting == 0
        && !world.Rows.Everything().Any(row => row.Place.Key.StartsWith(OutboxRow.Waiting + ":", StringComparison.Ordinal));

    public static void AssertBalanced(this World world) => Books.AssertBalanced(
        [.. world.Rows.Everything().Select(row => new StoredRow(row.Place.Partition, row.Place.Key, row.Data))]);

    private static bool IsQuiet(this World world)
    {
        var soon = DueHints.Until(world.Scheduler.GetUtcNow() + LooksAhead);
        return world.HasNoWork() && !world.Hints().Any(hint => string.CompareOrdinal(hint.Key, soon) < 0);
    }

    private static IEnumerable<RowPlace> Hints(this World world) => world.Rows.Everything()
        .Select(row => row.Place).Where(place => place.Partition.Contains(Due, StringComparison.Ordinal));

    private static bool IsDue(this World world, string kind)
    {
        var now = DueHints.Until(world.Scheduler.GetUtcNow());
        return world.Hints().Any(hint => KindOf(hint.Partition) == kind && string.CompareOrdinal(hint.Key, now) < 0);
    }

    /// <summary>When the first hint falls due.</summary>
    private static DateTimeOffset? NextDue(this World world) => world.Hints().Min(hint => hint.Key) is { } first
        ? DateTimeOffset.ParseExact(first[..Minute.Length], Minute, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    private static string KindOf(string partition) => partition[(partition.IndexOf(Due, StringComparison.Ordinal) + Due.Length)..];

    private static string Restless(this World world) => $"{world.Messages.Waiting} messages, " + string.Join(", ", world.Rows
        .Everything().Where(row => row.Place.Key.StartsWith(OutboxRow.Waiting + ":", StringComparison.Ordinal)
            || row.Place.Partition.Contains(Due, StringComparison.Ordinal))
        .OrderBy(row => row.Place.Key, StringComparer.Ordinal).Take(5)
        .Select(row => $"{row.Place} {row.Data}"));

    private static void Fire(this World world, string timer, int round)
    {
        var actor = world.ActorOf($"timer {timer} {round}");
        Actor.Current = actor;
        if (world.AnyNode() is { } node) world.Begin(node.Machine, actor, () => node.Fire(timer));
        Actor.Current = null;
    }

    // A timer that has nothing to do only reads, so none but those are run that have: which hints a timer looks at, it
    // says itself, in a world where there is nothing.
    private static List<(string Name, string Kind)> FindTimers()
    {
        var timers = new List<(string, string)>();
        foreach (var name in SimulationRun.Timers)
        {
            var world = new World(Trial.Calm);
            world.StartNode(0);
            world.Injection.Arm([]);
            world.Fire(name, round: 0);
            world.RunFor(TimerMax);
            Assert.NotEmpty(world.Injection.Calls);
            timers.Add((name, KindOf(world.Injection.Calls[0].Call.Name)));
        }

        return timers;
    }
}
