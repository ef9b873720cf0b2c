using System.Globalization;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>
/// Partitions <c>lb:{boardId}:{shard}</c>, one for each part of the sharers: <c>first</c> is the head,
/// <c>score:{sharerId}</c> the friends of each, and <c>friend:{referralId}</c> every friend that was counted.
/// </summary>
public static class ScoreRows
{
    /// <summary>Parts of a leaderboard: all are read to show it, and each counts apart from the others.</summary>
    public const int Shards = 8;

    private const string Head = "first";

    /// <summary>A sharer, and the friend whom a decision is about; null for none.</summary>
    public static Layout<ScoreDesk, ScoreMoved> Of(string boardId, string sharerId, string? referralId)
    {
        var (score, friend) = (Row(sharerId), $"friend:{referralId}");
        return new(
            Partition(boardId, ShardOf(sharerId)),
            Head,
            [new Load.One(score), .. referralId is null ? [] : new[] { new Load.One(friend) }],
            Read: rows => new ScoreDesk(
                rows.Find<ScoreShard>(Head) ?? ScoreShard.Empty, rows.Find<Score>(score),
                rows.Find<CountedFriend>(friend)),
            Write: desk =>
            [
                new StateRow(Head, desk.Shard),
                .. desk.Score is null ? [] : new[] { new StateRow(score, desk.Score) },
                .. desk.Friend is null ? [] : new[] { new StateRow(friend, desk.Friend) },
            ],
            Evolve: ScoreRules.Evolve);
    }

    /// <summary>Of a sharer; null for who has brought nobody.</summary>
    public static Task<Score?> Find(
        PartitionStore store, string boardId, string sharerId, CancellationToken cancel) =>
        store.Find<Score>(Partition(boardId, ShardOf(sharerId)), Row(sharerId), cancel);

    /// <summary>One part of a leaderboard.</summary>
    public static async Task<ScoreShard> FindShard(
        PartitionStore store, string boardId, int shard, CancellationToken cancel) =>
        await store.Find<ScoreShard>(Partition(boardId, shard), Head, cancel) ?? ScoreShard.Empty;

    private static string Row(string sharerId) => $"score:{sharerId}";

    private static string Partition(string boardId, int shard) =>
        $"lb:{boardId}:{shard.ToString(CultureInfo.InvariantCulture)}";

    private static int ShardOf(string sharerId) =>
        int.Parse(Keys.Hash(sharerId)[..1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Shards;
}
