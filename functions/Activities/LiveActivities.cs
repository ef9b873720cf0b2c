using Pond.Platform.Storage;

namespace Pond.Activities;

/// <summary>Activities as shoppers may see them. A read model for the slices that know what is in them.</summary>
public sealed class LiveActivities(PartitionStore store, TimeProvider clock)
{
    /// <summary>Those of a kind that are open or open soon, what ends first coming first.</summary>
    public async Task<IReadOnlyList<Activity>> Of(ActivityKind kind, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. (await ActivityRows.Live(store, cancel))
                .Where(one => one.Kind == kind && (one.WhyNot(now) is not { } why || why == ActivityRefusals.NotOpen))
                .OrderBy(one => one.Ends).ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The activity of whatever kind that was ever published, or null.</summary>
    public async Task<Activity?> Find(string activityId, CancellationToken cancel) =>
        await ActivityRows.Find(store, activityId, cancel) is { PublishedAt: not null } activity ? activity : null;

    /// <summary>The activity of that kind that was ever published, or null.</summary>
    public async Task<Activity?> Find(ActivityKind kind, string activityId, CancellationToken cancel) =>
        await Find(activityId, cancel) is { } activity && activity.Kind == kind
            ? activity
            : null;
}
