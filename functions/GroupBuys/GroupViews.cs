using Pond.Members;
using Pond.Orders;

namespace Pond.GroupBuys;

/// <summary>Shows groups to members: others by masked names alone.</summary>
public sealed class GroupViews(MemberNames names, PaidOrders paidOrders, TimeProvider clock)
{
    internal async Task<GroupResponse> Of(GroupDesk desk, string viewerId, CancellationToken cancel)
    {
        var (group, now) = (desk.Group!, clock.GetUtcNow());
        Seat[] paid = [.. desk.Paid.OrderBy(seat => seat.PaidAt).ThenBy(seat => seat.OrderId, StringComparer.Ordinal)];
        var called = await Task.WhenAll(paid.Select(seat => names.Shown(seat.MemberId, cancel)));
        var isNewcomer = !await paidOrders.HasAny(viewerId, except: null, cancel);
        var whyNot = GroupRules.WhyNotJoin(desk, viewerId, isNewcomer, now);
        return new GroupResponse(
            group.Id,
            group.ActivityId,
            group.State,
            group.Terms.Least(),
            group.Terms.Seats(),
            paid.Length,
            group.State is GroupState.Forming ? Math.Max(0, desk.Free(now)) : 0,
            group.VirtualSeats,
            [
                .. paid.Select((seat, i) => new GroupSeatResponse(
                    called[i], seat.OrderId == group.LeaderOrderId, seat.MemberId == viewerId, seat.PaidAt!.Value)),
            ],
            group.EndsAt,
            now,
            desk.Seats.FirstOrDefault(seat => seat.MemberId == viewerId)?.OrderId,
            whyNot?.Code,
            whyNot?.Message);
    }
}

/// <summary>A group as a member sees it.</summary>
/// <param name="LeastSeats">Paid seats that it needs.</param>
/// <param name="PaidSeats">Those of people.</param>
/// <param name="FreeSeats">Those that somebody can take now.</param>
/// <param name="VirtualSeats">GRP-08: seats that count as filled without anybody; 0 as a rule.</param>
/// <param name="ServerTime">Now, to reckon from to <paramref name="EndsAt"/>.</param>
/// <param name="MyOrderId">Of the viewer who has a seat; else null.</param>
/// <param name="WhyNotCode">Why the viewer cannot join now, for a program; null when they can.</param>
/// <param name="WhyNotText">The same for the viewer.</param>
public sealed record GroupResponse(
    string GroupId,
    string ActivityId,
    GroupState State,
    int LeastSeats,
    int Seats,
    int PaidSeats,
    int FreeSeats,
    int VirtualSeats,
    IReadOnlyList<GroupSeatResponse> Members,
    DateTimeOffset EndsAt,
    DateTimeOffset ServerTime,
    string? MyOrderId,
    string? WhyNotCode,
    string? WhyNotText);

/// <summary>Somebody in a group.</summary>
/// <param name="Name">Masked.</param>
public sealed record GroupSeatResponse(string Name, bool IsLeader, bool IsMe, DateTimeOffset PaidAt);
