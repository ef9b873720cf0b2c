using System.Globalization;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>
/// How many members have a tag, counted in a few partitions <c>{spread}:tag-count:{tagId}:{shard}</c>, each of one row
/// <c>count</c>.
/// </summary>
public sealed class TagCounts(PartitionStore store)
{
    private const int Shards = 8;
    private const int SpreadChars = 4;
    private const string Head = "count";

    /// <param name="Members">Below nothing for a moment, when news overtake each other.</param>
    public sealed record Count(long Members);

    public static Layout<Count, Count> Of(string tagId, string memberId)
    {
        var shard = Convert.ToInt32(Keys.Hash(memberId)[..SpreadChars], 16) % Shards;
        return new(
            Partition(tagId, shard),
            Head,
            Loads: [],
            Read: rows => rows.Find<Count>(Head) ?? new Count(0),
            Write: count => [new StateRow(Head, count)],
            Evolve: (_, after) => after);
    }

    /// <summary>All of them, as far as news have come.</summary>
    public async Task<long> MembersWith(string tagId, CancellationToken cancel)
    {
        var counts = await Task.WhenAll(
            Enumerable.Range(0, Shards).Select(shard => store.Find<Count>(Partition(tagId, shard), Head, cancel)));
        return Math.Max(0, counts.Sum(count => count?.Members ?? 0));
    }

    private static string Partition(string tagId, int shard)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"tag-count:{tagId}:{shard}");
        return $"{Keys.Hash(name)[..SpreadChars]}:{name}";
    }
}
