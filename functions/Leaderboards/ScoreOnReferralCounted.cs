using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Referrals;

namespace Pond.Leaderboards;

/// <summary>LDB-02: a friend counts on each leaderboard that runs when the reward comes, or not any more.</summary>
/// <remarks>What happened in time counts also when it is told late, as long as nobody has settled the board.</remarks>
public sealed class ScoreOnReferralCounted(Inbox inbox, Transactor transactor, PartitionStore store)
{
    [Function(nameof(ScoreOnReferralCounted))]
    public Task Run(
        [QueueTrigger(ReferralMessages.ScoresQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ReferralCountedV1>(
            nameof(ScoreOnReferralCounted), ReferralMessages.ScoresQueue, message, Count, cancel);

    private async Task<Refusal?> Count(ReferralCountedV1 counted, Operation operation, CancellationToken cancel)
    {
        foreach (var board in await LeaderboardRows.Open(store, cancel))
        {
            if (!board.Covers(counted.At)) continue;
            await transactor.Run(
                ScoreRows.Of(board.Id, counted.SharerId, counted.ReferralId),
                operation,
                (desk, _) => ScoreRules.Count(desk, counted.SharerId, counted.Counts, counted.At),
                cancel);
        }

        return null;
    }
}
