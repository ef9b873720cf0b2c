using System.Globalization;

namespace Pond.Tests.Simulation.Enumeration;

/// <summary>Lets a world finish what it has begun: timers run when they have something to do.</summary>
internal static class Quieting
{
    private const int RoundsMax = 120;

    private const string Minute = "yyyyMMddHHmm";

    private static readonly TimeSpan TimerMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(2);

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
            foreach (var timer in DueTimers.WithWork(world)) world.Fire(timer, round);
            world.RunFor(TimerMax);
        }

        world.Violate(isDone() ? $"It never becomes quiet: {world.Restless()}" : "Somebody waits for ever.");
    }

    /// <summary>When the first hint falls due.</summary>
    private static DateTimeOffset? NextDue(this World world) => world.Hints().Min(hint => hint.Place.Key) is { } first
        ? DateTimeOffset.ParseExact(first[..Minute.Length], Minute, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    private static void Fire(this World world, string timer, int round)
    {
        var actor = world.ActorOf($"timer {timer} {round}");
        Actor.Current = actor;
        if (world.AnyNode() is { } node) world.Begin(node.Machine, actor, () => node.Fire(timer));
        Actor.Current = null;
    }
}
