using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.GroupBuys;

/// <summary>GRP-01: orders of one member in one activity; what was given up or paid back does not count.</summary>
/// <param name="OrderIds">Those that count.</param>
/// <param name="Ended">Those that do not any more: a late reservation finds them here.</param>
public sealed record GroupUses(IReadOnlyList<string> OrderIds, IReadOnlyList<string> Ended)
{
    /// <summary>Ended ones that are remembered: more than a member can have on their way.</summary>
    public const int EndedMax = 100;

    private const string Head = "uses";

    /// <summary>Whether the member can have no further order at present, so that none need be tried.</summary>
    public static async Task<bool> AreUp(
        PartitionStore store, string activityId, string memberId, int max, CancellationToken cancel) =>
        (await store.Find<GroupUses>(Partition(activityId, memberId), Head, cancel))?.OrderIds.Count >= max;

    /// <summary>Partition <c>gm:{hash of activity and member}</c>, one row.</summary>
    public static Layout<GroupUses, GroupUse> Layout(string activityId, string memberId) => new(
        Partition(activityId, memberId),
        Head,
        Loads: [],
        Read: rows => rows.Find<GroupUses>(Head) ?? new GroupUses([], []),
        Write: uses => [new StateRow(Head, uses)],
        Evolve: Evolve);

    /// <summary>An order is to count.</summary>
    public static Decision<GroupUse> Reserve(GroupUses uses, string orderId, int max)
    {
        if (uses.OrderIds.Contains(orderId)) return Decision<GroupUse>.Nothing;
        if (uses.Ended.Contains(orderId)) return GroupRefusals.OrderOver;
        return uses.OrderIds.Count < max ? new GroupUse(orderId, Counts: true) : GroupRefusals.MemberLimit;
    }

    /// <summary>It does not count any more, and never will.</summary>
    public static Decision<GroupUse> Release(GroupUses uses, string orderId) =>
        uses.Ended.Contains(orderId) ? Decision<GroupUse>.Nothing : new GroupUse(orderId, Counts: false);

    private static string Partition(string activityId, string memberId) => "gm:" + Keys.Hash(activityId, memberId);

    private static GroupUses Evolve(GroupUses uses, GroupUse use) => use.Counts
        ? uses with { OrderIds = [.. uses.OrderIds, use.OrderId] }
        : new GroupUses(
            [.. uses.OrderIds.Where(id => id != use.OrderId)],
            [.. uses.Ended.TakeLast(EndedMax - 1), use.OrderId]);
}

/// <summary>An order counts, or does not any more.</summary>
public sealed record GroupUse(string OrderId, bool Counts);
