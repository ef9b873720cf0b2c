using Pond.Members;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-03: a leaderboard as it stands.</summary>
/// <param name="First">In order, without those who were taken off it.</param>
/// <param name="Members">How many members have how many friends.</param>
public sealed record Ranking(IReadOnlyList<Score> First, IReadOnlyDictionary<int, int> Members)
{
    /// <summary>Exact among the first; beyond them those with as many friends share a place.</summary>
    public int PlaceOf(Score score)
    {
        var index = First.TakeWhile(one => one.SharerId != score.SharerId).Count();
        return index < First.Count
            ? index + 1
            : 1 + Members.Where(one => one.Key > score.Friends).Sum(one => one.Value);
    }
}

/// <summary>Reads how leaderboards stand.</summary>
public sealed class Rankings(PartitionStore store, Survivors survivors)
{
    public async Task<Ranking> Of(Leaderboard board, CancellationToken cancel)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, ScoreRows.Shards)
            .Select(shard => ScoreRows.FindShard(store, board.Id, shard, cancel)));
        return new Ranking(
            [
                .. ScoreRules.InOrder(shards.SelectMany(shard => shard.First))
                    .Where(score => !board.ExcludedIds.Contains(score.SharerId)),
            ],
            shards.SelectMany(shard => shard.Members).GroupBy(one => one.Key, one => one.Value)
                .ToDictionary(group => group.Key, group => group.Sum()));
    }

    /// <summary>Of the accounts of a member the one that stands best; null when none is on it.</summary>
    public async Task<Score?> Best(Leaderboard board, string memberId, CancellationToken cancel)
    {
        var accounts = await survivors.AccountsOf(memberId, cancel);
        var scores = await Task.WhenAll(
            accounts.Select(account => ScoreRows.Find(store, board.Id, account, cancel)));
        return ScoreRules.InOrder(scores.OfType<Score>().Where(score => score.Friends > 0)).FirstOrDefault();
    }

    /// <summary>Who may win: active members, each once, whatever accounts they had; as many as have prizes.</summary>
    public async Task<IReadOnlyList<(string MemberId, int Friends)>> Fit(Leaderboard board, CancellationToken cancel)
    {
        var fit = new List<(string MemberId, int Friends)>();
        foreach (var score in (await Of(board, cancel)).First)
        {
            var standing = await survivors.Find(score.SharerId, cancel);
            if (MemberStanding.WhyNot(standing) is null && fit.All(one => one.MemberId != standing!.Id))
                fit.Add((standing!.Id, score.Friends));
            if (fit.Count == board.Places) break;
        }

        return fit;
    }
}
