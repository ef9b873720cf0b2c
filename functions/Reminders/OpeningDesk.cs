using Pond.Activities;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Reminders;

/// <summary>Takes wishes to hear of what begins, for those who ask.</summary>
public sealed class OpeningDesk(
    Survivors survivors, LiveActivities activities, PartitionStore store, TimeProvider clock)
{
    /// <summary>The wish, or why it makes no sense.</summary>
    public async Task<(Opening? Opening, Refusal? WhyNot)> Ask(
        string memberId, ActivityKind kind, string activityId, Operation operation, CancellationToken cancel)
    {
        if (await activities.Find(kind, activityId, cancel) is not { } activity)
            return (null, ActivityRefusals.Missing);

        var opening = new Opening(kind, activityId, activity.Plan.StartsAt);
        var decision = await survivors.Run(
            memberId,
            OpeningRows.Of,
            operation,
            (state, now) => OpeningRules.WhyNot(activity, now) is { } why
                ? why
                : OpeningRules.Ask(state, opening, activity.Plan.Name, now),
            cancel);
        return decision.Refusal is { } refusal ? (null, refusal) : (opening, null);
    }

    /// <summary>AUTH-10: what one account waits for, the other does.</summary>
    public async Task BringOver(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(
            MemberRows.Partition(merged.FromMemberId), OpeningRows.Prefix, Load.RowsMax, cancel);
        foreach (var opening in rows.Select(row => Stored.Read<Opening>(row.Data)))
        {
            if (opening.StartsAt <= clock.GetUtcNow()) continue;
            var one = operation with { Key = $"{operation.Key} {opening.ActivityId}" };
            await Ask(merged.IntoMemberId, opening.Kind, opening.ActivityId, one, cancel);
        }
    }
}
