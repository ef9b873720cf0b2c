using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.Processes;

namespace Pond.Tests.Simulation;

/// <summary>Lets time pass in a world, and looks whether anything is left to do.</summary>
internal static class Quietness
{
    private static readonly TimeSpan LooksAhead = TimeSpan.FromMinutes(30);

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

    /// <summary>No message waits, no row in an outbox, and no look is due before long.</summary>
    public static bool IsQuiet(this World world)
    {
        var soon = DueHints.Until(world.Scheduler.GetUtcNow() + LooksAhead);
        return world.HasNoWork() && !world.Hints().Any(hint => string.CompareOrdinal(hint.Place.Key, soon) < 0);
    }

    /// <summary>No message waits, and no row in an outbox.</summary>
    public static bool HasNoWork(this World world) => world.Messages.Waiting == 0 && !world.Outbox().Any();

    /// <summary>What says where to look later.</summary>
    public static IEnumerable<ScannedRow> Hints(this World world) =>
        world.Rows.In(partition => partition.Contains(":due:", StringComparison.Ordinal));

    /// <summary>What keeps it from being quiet, the first of it.</summary>
    public static string Restless(this World world)
    {
        var rows = world.Outbox().OrderBy(row => row.Place.Partition, StringComparer.Ordinal).Concat(
            world.Hints().OrderBy(row => row.Place.Key, StringComparer.Ordinal)
                .ThenBy(row => row.Place.Partition, StringComparer.Ordinal));
        return $"{world.Messages.Waiting} messages, "
            + string.Join(", ", rows.Take(5).Select(row => $"{row.Place} {row.Data}"));
    }

    public static void AssertBalanced(this World world) => Books.AssertBalanced(world.StoredRows());

    /// <summary>Every row, in the order of partition and key.</summary>
    public static StoredRow[] StoredRows(this World world) =>
        [.. world.Rows.Everything().Select(row => new StoredRow(row.Place.Partition, row.Place.Key, row.Data))];

    private static IEnumerable<ScannedRow> Outbox(this World world) => world.Rows.Under(OutboxRow.Waiting + ":");
}
