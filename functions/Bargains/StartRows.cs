using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Bargains;

/// <summary>
/// Partition <c>bm:{activityId}:{memberId}</c>: its head <c>starts</c> names the attempts of a member in one bargain.
/// </summary>
public static class StartRows
{
    public const string Head = "starts";

    public static string Partition(string activityId, string memberId) => $"bm:{activityId}:{memberId}";

    /// <summary>What a member has begun there.</summary>
    public static async Task<Starts> Find(
        PartitionStore store, string activityId, string memberId, CancellationToken cancel) =>
        await store.Find<Starts>(Partition(activityId, memberId), Head, cancel) ?? Starts.None;

    public static Layout<Starts, AttemptBegun> Of(string activityId, string memberId) => new(
        Partition(activityId, memberId),
        Head,
        Loads: [],
        Read: rows => rows.Find<Starts>(Head) ?? Starts.None,
        Write: starts => [new StateRow(Head, starts)],
        Evolve: (starts, begun) => new Starts([.. starts.AttemptIds, begun.Attempt.Id]),
        Announce: begun => [BargainMessages.AttemptBegun(new AttemptBegunV1(begun.Attempt))]);
}
