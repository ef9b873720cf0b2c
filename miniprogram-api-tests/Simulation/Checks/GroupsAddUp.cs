using Pond.GroupBuys;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>
/// I15, I16: a group has no more paid seats than it has places, nobody has two, and its one end says what is true when
/// it comes: whoever has paid by then has paid, and nobody after.
/// </summary>
internal sealed class GroupsAddUp : IPartitionCheck
{
    private readonly Dictionary<string, (Group Group, string[] Paid)> groups = [];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("g:", StringComparison.Ordinal) || rows.Look(partition, GroupRows.Head) is not { } head)
            return null;
        var group = Stored.Read<Group>(head.Data);
        var (from, until) = Keys.Under("seat");
        Seat[] seats =
        [
            .. rows.Look(partition, from, until, StoreLimits.RowsPerPageMax).Rows
                .Select(row => Stored.Read<Seat>(row.Data)),
        ];
        Seat[] paid = [.. seats.Where(seat => seat.State is SeatState.Paid)];
        var before = groups.GetValueOrDefault(partition, (Group: group, Paid: [.. paid.Select(seat => seat.OrderId)]));
        groups[partition] = (group, [.. paid.Select(seat => seat.OrderId)]);
        return Seats(group, seats, paid) ?? Goes(before.Group, before.Paid, group, paid) ?? End(group, paid.Length);
    }

    private static string? Seats(Group group, Seat[] seats, Seat[] paid)
    {
        if (seats.Length > group.Terms.Seats()) return $"{seats.Length} seats are held or paid";
        if (paid.Select(seat => seat.MemberId).Distinct().Count() < paid.Length) return "somebody has paid two seats";
        return group.LeaderOrderId is { } leader && group.State is GroupState.Forming
            && paid.All(seat => seat.OrderId != leader)
            ? "the leader has no paid seat"
            : null;
    }

    private static string? Goes(Group before, string[] paidBefore, Group after, Seat[] paid)
    {
        if (after.EndsAt != before.EndsAt) return $"it ends {after.EndsAt}, no longer {before.EndsAt}";
        if (before.State is GroupState.Forming) return null;
        if (before.State != after.State) return $"{before.State}, and then {after.State}";
        return paidBefore.Order().SequenceEqual(paid.Select(seat => seat.OrderId).Order())
            ? null
            : $"other paid seats after it was {before.State}";
    }

    private static string? End(Group group, int paid) => group.State switch
    {
        GroupState.Succeeded when paid + group.VirtualSeats < group.Terms.Least() => $"succeeded with {paid}",
        GroupState.Failed when paid >= group.Terms.Least() => $"failed with {paid}",
        GroupState.Cancelled when paid > 0 => $"cancelled with {paid}",
        GroupState.Forming when paid >= group.Terms.Seats() => $"still forming with {paid}",
        _ => null,
    };
}
