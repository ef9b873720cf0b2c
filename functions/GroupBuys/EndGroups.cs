using Microsoft.Azure.Functions.Worker;
using Pond.Activities;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>GRP-07, TCH-06: every minute, ends groups whose time is over, and tells who is in them before.</summary>
public sealed class EndGroups(
    DueSweep sweep, PartitionStore store, LiveActivities activities, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(EndGroups))]
    public Task Run([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(GroupRows.EndingDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var group = await store.Find<Group>(partition, GroupRows.Head, cancel);
        if (group is not { State: GroupState.Forming }) return new DueVisit(0, null);
        if (GroupEndingRules.NextLook(group) is var look && clock.GetUtcNow() < look) return new DueVisit(0, look);
        if (clock.GetUtcNow() < group.EndsAt) return new DueVisit(await Tell(group, cancel), group.EndsAt);
        return new DueVisit(await Run(group, group.Id, GroupRules.TimeOut, cancel), null);
    }

    private async Task<int> Tell(Group group, CancellationToken cancel)
    {
        var activity = await activities.Find(ActivityKind.GroupBuy, group.ActivityId, cancel);
        var name = activity?.Plan.Name ?? "";
        return await Run(group, $"{group.Id}.soon", (desk, now) => GroupEndingRules.Tell(desk, name, now), cancel);
    }

    private async Task<int> Run(
        Group group,
        string key,
        Func<GroupDesk, DateTimeOffset, Decision<GroupEvent>> decide,
        CancellationToken cancel)
    {
        var decision = await transactor.Run(
            GroupRows.Of(group.Id), new Operation(nameof(EndGroups), key, Fingerprint: null), decide, cancel);
        return decision.Facts.Count > 0 ? 1 : 0;
    }
}
