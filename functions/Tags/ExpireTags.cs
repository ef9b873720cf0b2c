using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>TAG-03: every minute, tells of tags that have ended.</summary>
public sealed class ExpireTags(
    DueSweep sweep, Transactor transactor, PartitionStore store, Ids ids, TimeProvider clock)
{
    [Function(nameof(ExpireTags))]
    public Task Run([TimerTrigger("50 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(MemberTagRows.EndsDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var memberId = partition[MemberRows.Partition("").Length..];
        var now = clock.GetUtcNow();
        var tags = await MemberTagRows.Read(store, memberId, cancel);
        var nextAt = tags.Where(tag => tag.IsLive(now)).Min(tag => tag.ExpiresAt);
        if (tags.All(tag => tag.IsLive(now))) return new DueVisit(0, nextAt);

        var decision = await transactor.Run(
            MemberTagRows.Of(memberId),
            new Operation(nameof(ExpireTags), ids.Next(), Fingerprint: null), // the state tells what is done
            MemberTagRules.Expire,
            cancel);
        return new DueVisit(decision.Facts.Count, nextAt);
    }
}
