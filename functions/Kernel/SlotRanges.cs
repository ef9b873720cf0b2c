using System.Text.Json.Serialization;

namespace Pond.Kernel;

/// <summary>
/// Slots [From, Until) of a limited stock. Each slot of the stock is in one shard, and is claimed once.
/// </summary>
public sealed record SlotRange(int From, int Until)
{
    [JsonIgnore]
    public int Count => Until - From;
}

/// <summary>What lists of slots have in common. Pure.</summary>
public static class SlotRanges
{
    public static int CountOf(IReadOnlyList<SlotRange> slots) => slots.Sum(range => range.Count);

    /// <summary>The same slots in as few ranges as may be, in order.</summary>
    public static IReadOnlyList<SlotRange> Joined(IReadOnlyList<SlotRange> slots)
    {
        var joined = new List<SlotRange>();
        foreach (var range in slots.Where(range => range.Count > 0).OrderBy(range => range.From))
        {
            if (joined.Count > 0 && joined[^1].Until == range.From)
                joined[^1] = joined[^1] with { Until = range.Until };
            else joined.Add(range);
        }

        return joined;
    }

    /// <summary>The last so many, or all when there are fewer.</summary>
    public static IReadOnlyList<SlotRange> Last(IReadOnlyList<SlotRange> slots, int count)
    {
        var taken = new List<SlotRange>();
        for (var i = slots.Count - 1; i >= 0 && count > 0; i--)
        {
            var part = slots[i] with { From = Math.Max(slots[i].From, slots[i].Until - count) };
            taken.Insert(0, part);
            count -= part.Count;
        }

        return taken;
    }

    /// <summary>The slot at a place, counted over all ranges from 0.</summary>
    public static int At(IReadOnlyList<SlotRange> slots, int place)
    {
        foreach (var range in slots)
        {
            if (place < range.Count) return range.From + place;
            place -= range.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(place));
    }

    /// <summary>Single slots as ranges.</summary>
    public static IReadOnlyList<SlotRange> Of(IEnumerable<int> slots) =>
        Joined([.. slots.Select(slot => new SlotRange(slot, slot + 1))]);

    /// <summary>
    /// The slots without some of them. Whoever takes, takes from an end of a range, so a range never splits.
    /// </summary>
    public static IReadOnlyList<SlotRange> Without(IReadOnlyList<SlotRange> slots, IReadOnlyList<SlotRange> taken) =>
    [
        .. slots
            .Select(range => taken.Aggregate(range, (rest, gone) =>
                gone.From == rest.From ? rest with { From = gone.Until }
                : gone.Until == rest.Until ? rest with { Until = gone.From }
                : rest))
            .Where(range => range.Count > 0),
    ];

    /// <summary>The slots that a shard begins with: shares differ by one at most.</summary>
    public static SlotRange ShareOf(int shard, int shards, int stock) =>
        new((int)((long)stock * shard / shards), (int)((long)stock * (shard + 1) / shards));
}
