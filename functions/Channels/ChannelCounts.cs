using System.Globalization;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Channels;

/// <summary>
/// CHN-03: how many members a channel has brought, counted in a few partitions
/// <c>{spread}:channel-count:{channelId}:{shard}</c>, each of one row <c>count</c>.
/// </summary>
public sealed class ChannelCounts(PartitionStore store)
{
    private const int Shards = 8;
    private const int SpreadChars = 4;
    private const string Head = "count";

    /// <param name="Added">Members who have registered by it.</param>
    /// <param name="Returned">Members who were there already.</param>
    public sealed record Count(long Added, long Returned)
    {
        public static readonly Count None = new(0, 0);
    }

    public static Layout<Count, Count> Of(string channelId, string memberId)
    {
        var shard = Convert.ToInt32(Keys.Hash(memberId)[..SpreadChars], 16) % Shards;
        return new(
            Partition(channelId, shard),
            Head,
            Loads: [],
            Read: rows => rows.Find<Count>(Head) ?? Count.None,
            Write: count => [new StateRow(Head, count)],
            Evolve: (_, after) => after);
    }

    /// <summary>All of them, as far as news have come.</summary>
    public async Task<Count> Find(string channelId, CancellationToken cancel)
    {
        var counts = await Task.WhenAll(
            Enumerable.Range(0, Shards).Select(shard => store.Find<Count>(Partition(channelId, shard), Head, cancel)));
        return counts.OfType<Count>().Aggregate(
            Count.None, (sum, count) => new Count(sum.Added + count.Added, sum.Returned + count.Returned));
    }

    private static string Partition(string channelId, int shard)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"channel-count:{channelId}:{shard}");
        return $"{Keys.Hash(name)[..SpreadChars]}:{name}";
    }
}
