using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>GRP-07: every minute, ends groups whose time is over.</summary>
public sealed class EndGroups(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(EndGroups))]
    public Task Run([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(GroupRows.EndingDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var group = await store.Find<Group>(partition, GroupRows.Head, cancel);
        if (group is not { State: GroupState.Forming }) return new DueVisit(0, null);
        if (clock.GetUtcNow() < group.EndsAt) return new DueVisit(0, group.EndsAt);

        var decision = await transactor.Run(
            GroupRows.Of(group.Id),
            new Operation(nameof(EndGroups), group.Id, Fingerprint: null),
            GroupRules.TimeOut,
            cancel);
        return new DueVisit(decision.Facts.Count > 0 ? 1 : 0, null);
    }
}
