using Pond.Kernel;
using Pond.Orders;

namespace Pond.GroupBuys;

/// <summary>GRP-02 … GRP-11: what happens in a group. Pure.</summary>
public static class GroupRules
{
    /// <summary>Groups that one payment is sent on to before it starts its own, or goes back.</summary>
    public const int HopsMax = 3;

    internal const string LeftReason = "已退出拼团，款项原路退回";
    internal const string FailedReason = "拼团未成功，款项原路退回";
    internal const string LateReason = "付款时该团已结束，款项原路退回";
    internal const string NotNewReason = "仅限新朋友参加，款项原路退回";

    /// <summary>A group with the seat of whoever starts it.</summary>
    public static Decision<GroupEvent> Start(GroupDesk desk, Group group, Seat seat)
    {
        if (desk.Group is null)
            return new GroupEvent[] { new GroupEvent.Started(group), new GroupEvent.SeatHeld(seat) };
        return HasSeat(desk, seat.OrderId) ? Decision<GroupEvent>.Nothing : GroupRefusals.OrderOver;
    }

    /// <summary>GRP-02: keeps a seat for an order that is being placed; seats whose time is over make room.</summary>
    public static Decision<GroupEvent> Hold(GroupDesk desk, Seat seat, bool isNewcomer, DateTimeOffset now)
    {
        if (desk.Group is not { } group) return GroupRefusals.Missing;
        if (HasSeat(desk, seat.OrderId)) return Decision<GroupEvent>.Nothing;
        if (desk.Gone.Any(gone => gone.OrderId == seat.OrderId)) return GroupRefusals.OrderOver;
        if (WhyNotJoin(desk, seat.MemberId, isNewcomer, now) is { } why) return why;
        return (GroupEvent[])[.. MakeRoom(desk, now), new GroupEvent.SeatHeld(seat)];
    }

    /// <summary>Why somebody cannot join now, or null.</summary>
    public static Refusal? WhyNotJoin(GroupDesk desk, string memberId, bool isNewcomer, DateTimeOffset now)
    {
        if (desk.Group is not { } group) return GroupRefusals.Missing;
        if (group.State is not GroupState.Forming || now >= group.EndsAt) return GroupRefusals.Over;
        if (desk.Seats.Any(seat => seat.MemberId == memberId && GroupDesk.IsTaken(seat, now)))
            return GroupRefusals.AlreadyIn;
        if (!desk.Paid.Any()) return GroupRefusals.NotStarted;
        if (group.Terms.Joiners is JoinerRule.Newcomers && !isNewcomer) return GroupRefusals.NewcomersOnly;
        return desk.Free(now) > 0 ? null : GroupRefusals.Full;
    }

    /// <summary>
    /// GRP-03, GRP-04: an order is paid. Its seat is paid if it is kept, or if there is room; else the payment goes the
    /// one way that was found for it.
    /// </summary>
    /// <param name="isNewcomer">Whether the member has paid no other order.</param>
    /// <param name="late">Where the payment goes when it is too late here.</param>
    public static Decision<GroupEvent> Pay(
        GroupDesk desk, Seat seat, bool isNewcomer, LateWay late, DateTimeOffset now)
    {
        if (desk.Group is not { } group) return GroupRefusals.Missing;
        if (desk.Paid.Any(one => one.OrderId == seat.OrderId)) return Decision<GroupEvent>.Nothing;
        if (desk.Gone.Any(gone => gone.OrderId == seat.OrderId && IsDone(gone, seat)))
            return Decision<GroupEvent>.Nothing;
        if (seat.NeedsNewcomer && !isNewcomer)
            return TurnAway(desk, seat, new LateWay(null, IsNew: false, NotNewReason), now);

        var isMember = desk.Seats.Any(one => one.MemberId == seat.MemberId && one.OrderId != seat.OrderId
            && GroupDesk.IsTaken(one, now));
        var isKept = desk.Seats.Any(one => one.OrderId == seat.OrderId && GroupDesk.IsTaken(one, now));
        var others = desk.Seats.Count(one => one.OrderId != seat.OrderId && GroupDesk.IsTaken(one, now));
        var isOpen = group.State is GroupState.Forming && now < group.EndsAt;
        if (!isOpen || isMember || (!isKept && others >= group.Terms.Seats())) return TurnAway(desk, seat, late, now);

        var facts = new List<GroupEvent>(MakeRoom(desk, now, except: seat.OrderId));
        facts.Add(new GroupEvent.SeatPaid(seat with { State = SeatState.Paid, PaidAt = now }));
        if (group.LeaderOrderId is null) facts.Add(new GroupEvent.LeaderChanged(seat.OrderId));
        var after = facts.Aggregate(desk, GroupFold.Evolve);
        if (after.Paid.Count() == group.Terms.Seats()) facts.Add(End(after, GroupState.Succeeded, 0, now));
        return facts.ToArray();
    }

    /// <summary>A payment that came too late elsewhere starts a group of its own.</summary>
    public static Decision<GroupEvent> StartPaid(GroupDesk desk, Group group, Seat seat, DateTimeOffset now) =>
        desk.Group is null
            ? new GroupEvent[]
            {
                new GroupEvent.Started(group),
                new GroupEvent.SeatPaid(seat with { State = SeatState.Paid, PaidAt = now }),
                new GroupEvent.LeaderChanged(seat.OrderId),
            }
            : Decision<GroupEvent>.Nothing;

    /// <summary>
    /// An order is cancelled: nobody can pay it any more, and its seat is free. Also of an order that has no seat yet:
    /// it gets none later.
    /// </summary>
    /// <param name="own">The group that the order would have started, if there is none.</param>
    public static Decision<GroupEvent> Release(GroupDesk desk, Group own, string orderId, DateTimeOffset now)
    {
        if (desk.Group is null) return new GroupEvent.Started(own with { State = GroupState.Cancelled });
        var isGone = desk.Gone.Any(gone => gone.OrderId == orderId && gone.State is not SeatState.Lapsed);
        return isGone || desk.Paid.Any(one => one.OrderId == orderId)
            ? Decision<GroupEvent>.Nothing
            : CancelledIfEmpty(desk, new GroupEvent.SeatReleased(orderId), now);
    }

    /// <summary>GRP-06, GRP-11: a member leaves a group that is forming; who has paid first leads it then.</summary>
    public static Decision<GroupEvent> Leave(GroupDesk desk, string memberId, DateTimeOffset now)
    {
        if (desk.Group is not { } group) return GroupRefusals.Missing;
        if (group.State is not GroupState.Forming || now >= group.EndsAt) return GroupRefusals.Over;
        if (desk.Paid.FirstOrDefault(seat => seat.MemberId == memberId) is not { } mine) return GroupRefusals.NotIn;

        var left = new GroupEvent.SeatLeft(
            mine.OrderId, Outcome(group, mine, mine.PriceFen, LeftReason, now) with { IsLeft = true });
        if (group.LeaderOrderId != mine.OrderId) return left;
        var next = desk.Paid.Where(seat => seat.OrderId != mine.OrderId)
            .OrderBy(seat => seat.PaidAt).ThenBy(seat => seat.OrderId, StringComparer.Ordinal).FirstOrDefault();
        return CancelledIfEmpty(desk, left, now, new GroupEvent.LeaderChanged(next?.OrderId));
    }

    /// <summary>
    /// GRP-07 … GRP-09: its time is over. With enough paid seats it succeeds, at the price of the step that it has
    /// reached; else every paid order goes back by itself.
    /// </summary>
    public static Decision<GroupEvent> TimeOut(GroupDesk desk, DateTimeOffset now)
    {
        if (desk.Group is not { State: GroupState.Forming } group || now < group.EndsAt)
            return Decision<GroupEvent>.Nothing;
        var (paid, least) = (desk.Paid.Count(), group.Terms.Least());
        if (paid == 0) return End(desk, GroupState.Cancelled, 0, now);
        if (paid >= least) return End(desk, GroupState.Succeeded, 0, now);
        return paid * 10_000L >= (long?)group.Terms.VirtualFillBp * least
            ? End(desk, GroupState.Succeeded, least - paid, now)
            : End(desk, GroupState.Failed, 0, now);
    }

    // A payment that was turned away here may be sent back, as the list of open groups lags behind: it has come further
    // meanwhile, and is no repetition.
    private static bool IsDone(Seat gone, Seat seat) =>
        gone.State is not SeatState.Lapsed && !(gone.State is SeatState.TurnedAway && seat.Hops > gone.Hops);

    private static bool HasSeat(GroupDesk desk, string orderId) => desk.Seats.Any(seat => seat.OrderId == orderId);

    private static IEnumerable<GroupEvent> MakeRoom(GroupDesk desk, DateTimeOffset now, string? except = null) =>
        desk.Seats.Where(seat => seat.OrderId != except && !GroupDesk.IsTaken(seat, now))
            .Select(seat => new GroupEvent.SeatLapsed(seat.OrderId));

    private static GroupEvent.SeatTurnedAway TurnAway(GroupDesk desk, Seat seat, LateWay way, DateTimeOffset now)
    {
        var turned = seat with { State = SeatState.TurnedAway, SentTo = way.GroupId };
        var group = desk.Group!;
        return way.GroupId is { } to
            ? new GroupEvent.SeatTurnedAway(
                turned, new SeatSentV1(to, group.ActivityId, way.IsNew, seat with { Hops = seat.Hops + 1 }), null)
            : new GroupEvent.SeatTurnedAway(turned, null, Outcome(group, seat, seat.PriceFen, way.Reason, now));
    }

    private static Decision<GroupEvent> CancelledIfEmpty(
        GroupDesk desk, GroupEvent fact, DateTimeOffset now, params GroupEvent[] more)
    {
        GroupEvent[] facts = [fact, .. more];
        var after = facts.Aggregate(desk, GroupFold.Evolve);
        var isEmpty = after.Group!.State is GroupState.Forming && after.Seats.Count == 0;
        return isEmpty ? (GroupEvent[])[.. facts, End(after, GroupState.Cancelled, 0, now)] : facts;
    }

    private static GroupEvent.Ended End(GroupDesk desk, GroupState state, int virtualSeats, DateTimeOffset now)
    {
        var group = desk.Group!;
        var offFen = group.Terms.OffFen(desk.Paid.Count());
        return new GroupEvent.Ended(
            state,
            virtualSeats,
            [
                .. desk.Paid.Select(seat => state is GroupState.Succeeded
                    ? Outcome(group, seat, seat.PriceFen - offFen, reason: null, now)
                    : Outcome(group, seat, seat.PriceFen, FailedReason, now)),
            ]);
    }

    private static DealSettledV1 Outcome(Group group, Seat seat, long priceFen, string? reason, DateTimeOffset now) =>
        new(seat.OrderId, seat.MemberId, group.Id, priceFen, reason, now);
}
