using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>
/// AUTH-03: whoever is frozen when a commit lands gets no points by it but what comes back, holds no more, and has no
/// new order. What was begun before ends all the same: holds are posted and voided, refunds arrive.
/// </summary>
internal sealed class FrozenMembersGainNothing : IPartitionCheck
{
    private static readonly string[] KindsOfGains =
    [
        Cause.CheckIn, Cause.CheckInStreak, Cause.CheckInMonth, Cause.CheckInTotal, Cause.Adjustment, Cause.OrderGift,
    ];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("m:", StringComparison.Ordinal) || !writes.Any(IsGain)) return null;
        var head = rows.Look(partition, MemberRows.Head)!;
        return Stored.Read<MemberStanding>(head.Data).Status is MemberStatus.Frozen
            ? $"{writes.First(IsGain).Key} of a frozen member"
            : null;
    }

    private static bool IsGain(Write write) => write is Write.Insert { Key: var key, Data: var data }
        && (IsUnder(PointsRows.HoldsPrefix, key)
            || IsUnder(OrderRows.Prefix, key)
            || (IsUnder(PointsRows.EntryPrefix, key) && KindsOfGains.Contains(Stored.Read<Entry>(data).Cause.Kind)));

    private static bool IsUnder(string prefix, string key) => key.StartsWith(prefix + ":", StringComparison.Ordinal);
}
