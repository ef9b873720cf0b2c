using System.Diagnostics;

namespace Pond.GroupBuys;

/// <summary>From fact to state. Pure.</summary>
public static class GroupFold
{
    public static GroupDesk Evolve(GroupDesk desk, GroupEvent fact)
    {
        var after = Apply(desk, fact);
        return after with { Group = after.Group! with { Seq = (desk.Group?.Seq ?? 0) + 1 } };
    }

    private static GroupDesk Apply(GroupDesk desk, GroupEvent fact) => fact switch
    {
        GroupEvent.Started started => desk with { Group = started.Group },
        GroupEvent.SeatHeld held => With(desk, held.Seat),
        GroupEvent.SeatPaid paid => With(desk, paid.Seat),
        GroupEvent.SeatReleased released => Without(desk, released.OrderId, SeatState.Released),
        GroupEvent.SeatLapsed lapsed => Without(desk, lapsed.OrderId, SeatState.Lapsed),
        GroupEvent.SeatLeft left => Without(desk, left.OrderId, SeatState.Left),
        GroupEvent.SeatTurnedAway turned => desk with
        {
            Seats = Others(desk.Seats, turned.Seat.OrderId),
            Gone = [.. Others(desk.Gone, turned.Seat.OrderId), turned.Seat],
        },
        GroupEvent.LeaderChanged leader => desk with { Group = desk.Group! with { LeaderOrderId = leader.OrderId } },
        GroupEvent.Ended ended => desk with
        {
            Group = desk.Group! with { State = ended.State, VirtualSeats = ended.VirtualSeats },
        },
        GroupEvent.ToldOfEnd told => desk with { Group = desk.Group! with { ToldAt = told.At } },
        _ => throw new UnreachableException(),
    };

    private static GroupDesk With(GroupDesk desk, Seat seat) => desk with
    {
        Seats = [.. Others(desk.Seats, seat.OrderId), seat],
        Gone = Others(desk.Gone, seat.OrderId),
    };

    private static GroupDesk Without(GroupDesk desk, string orderId, SeatState state)
    {
        var seat = desk.Seats.Concat(desk.Gone).FirstOrDefault(one => one.OrderId == orderId)
            ?? new Seat(orderId, "", state, DateTimeOffset.UnixEpoch, "", 0, 0, NeedsNewcomer: false);
        return desk with
        {
            Seats = Others(desk.Seats, orderId),
            Gone = [.. Others(desk.Gone, orderId), seat with { State = state }],
        };
    }

    private static IReadOnlyList<Seat> Others(IEnumerable<Seat> seats, string orderId) =>
        [.. seats.Where(seat => seat.OrderId != orderId)];
}
