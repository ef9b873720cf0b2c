using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Leaderboards;

/// <summary>LDB-06: gives a member the title that they have won, once.</summary>
/// <remarks>A pure insert under a key of its own: that it is there is all the memory it needs.</remarks>
public sealed class HonourOnLeaderboardSettled(Inbox inbox, PartitionStore store)
{
    [Function(nameof(HonourOnLeaderboardSettled))]
    public Task Run(
        [QueueTrigger(HonourMessages.HonourQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<HonourWonV1>(
            nameof(HonourOnLeaderboardSettled), HonourMessages.HonourQueue, message, Insert, cancel);

    private async Task<Refusal?> Insert(HonourWonV1 won, Operation operation, CancellationToken cancel)
    {
        var insert = new Write.Insert(HonourRows.Row(won), Stored.Write(won));
        return await store.Commit(MemberRows.Partition(won.MemberId), [insert], cancel) switch
        {
            CommitOutcome.Committed or CommitOutcome.Conflict => null, // a conflict: it was there already
            var outcome => throw new StoreUnavailableException($"{operation.Name}: {outcome}"),
        };
    }
}
