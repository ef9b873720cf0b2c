using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>What has become of the touches that were planned for one day.</summary>
/// <param name="Counts">By occasion and outcome, as <c>announcement/sent</c>.</param>
public sealed record TouchTally(IReadOnlyDictionary<string, int> Counts)
{
    public static readonly TouchTally Empty = new(new Dictionary<string, int>());

    public TouchTally With(IEnumerable<TouchCount> more)
    {
        var counts = Counts.ToDictionary(StringComparer.Ordinal);
        foreach (var one in more)
        {
            var key = KeyOf(one.Occasion, one.Outcome);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return new TouchTally(counts);
    }

    public TouchTally With(TouchTally other)
    {
        var counts = Counts.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, count) in other.Counts) counts[key] = counts.GetValueOrDefault(key) + count;
        return new TouchTally(counts);
    }

    public int Of(Occasion occasion, string outcome) => Counts.GetValueOrDefault(KeyOf(occasion, outcome));

    /// <summary>Of those that were dropped, how many for which reason.</summary>
    public IEnumerable<(string Reason, int Count)> Dropped(Occasion occasion)
    {
        var prefix = KeyOf(occasion, TouchCounts.DroppedPrefix);
        return Counts.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (one.Key[prefix.Length..], one.Value));
    }

    private static string KeyOf(Occasion occasion, string outcome) => $"{occasion}/{outcome}";
}

/// <summary>
/// The report of a day, spread over shards so that no row is everybody's: partitions
/// <c>{shard}:touch-day:{day}</c>, the row <c>tally</c>. The members' own rows are the truth.
/// </summary>
public static class TouchTallyRows
{
    /// <summary>Partitions that a day is spread over.</summary>
    public const int Shards = 16;

    private const string Head = "tally";

    public static Layout<TouchTally, TouchTally> Of(string memberId, ChinaDay day) => new(
        Partition(Convert.ToInt32(Keys.Hash(memberId)[..2], 16) % Shards, day),
        Head,
        Loads: [],
        Read: rows => rows.Find<TouchTally>(Head) ?? TouchTally.Empty,
        Write: tally => [new StateRow(Head, tally)],
        Evolve: (_, after) => after);

    /// <summary>The whole day.</summary>
    public static async Task<TouchTally> Find(PartitionStore store, ChinaDay day, CancellationToken cancel)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, Shards).Select(
            shard => store.Find<TouchTally>(Partition(shard, day), Head, cancel)));
        return shards.OfType<TouchTally>().Aggregate(TouchTally.Empty, (sum, one) => sum.With(one));
    }

    private static string Partition(int shard, ChinaDay day) => $"{Keys.Sortable(shard, 2)}:touch-day:{day}";
}
