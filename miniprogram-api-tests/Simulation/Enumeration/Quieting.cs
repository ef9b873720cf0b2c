using System.Globalization;
using Pond.Platform.Outbox;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>Lets a world finish what it has begun: timers run when they have something to do.</summary>
internal static class Quieting
{
    private const int RoundsMax = 120;

    private const string Due = ":due:";
    private const string Minute = "yyyyMMddHHmm";

    private static readonly Lazy<List<(string Name, string Kind)>> Timers = new(FindTimers);
    private static readonly TimeSpan TimerMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(2);

    /// <summary>Looks for the timers that there are, in a world of its own: before another one has begun.</summary>
    public static void FindTimersOnce() => _ = Timers.Value;

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

    private static bool IsDue(this World world, string kind)
    {
        var now = DueHints.Until(world.Scheduler.GetUtcNow());
        return world.Hints().Any(hint => KindOf(hint.Place.Partition) == kind && string.CompareOrdinal(hint.Place.Key, now) < 0);
    }

    /// <summary>When the first hint falls due.</summary>
    private static DateTimeOffset? NextDue(this World world) => world.Hints().Min(hint => hint.Place.Key) is { } first
        ? DateTimeOffset.ParseExact(first[..Minute.Length], Minute, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    private static string KindOf(string partition) => partition[(partition.IndexOf(Due, StringComparison.Ordinal) + Due.Length)..];

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
            using var world = new World(Trial.Calm);
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
