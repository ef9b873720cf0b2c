using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.GroupBuys;

/// <summary>
/// Partition <c>g:{groupId}</c>: <c>group</c> is the head, <c>seat:{orderId}</c> the seats that are held or paid, and
/// <c>gone:{orderId}</c> what is left of orders that have none any more.
/// </summary>
public static class GroupRows
{
    public const string Head = "group";

    /// <summary>The sweep of groups whose time is over, or nearly.</summary>
    public const string EndingDue = "groups-ending";

    private const string SeatPrefix = "seat";
    private const string GonePrefix = "gone";

    public static string Partition(string groupId) => "g:" + groupId;

    /// <summary>The group with its seats, and what is left of these orders'.</summary>
    public static Layout<GroupDesk, GroupEvent> Of(string groupId, params string[] orderIds) => new(
        Partition(groupId),
        Head,
        [new Load.Under(SeatPrefix), .. orderIds.Select(id => new Load.One(Gone(id)))],
        Read: rows => new GroupDesk(
            rows.Find<Group>(Head), rows.Under<Seat>(SeatPrefix), rows.Under<Seat>(GonePrefix)),
        Write: Rows,
        Evolve: GroupFold.Evolve,
        Announce: fact => IsListed(fact)
            ? [.. Announce(fact), GroupMessages.Listed(new GroupMovedV1(groupId))]
            : Announce(fact),
        Due: desk => desk.Group is { State: GroupState.Forming } group
            ? [new Deadline(EndingDue, GroupEndingRules.NextLook(group))]
            : []);

    /// <summary>The same for whoever only looks; null when there is no such group.</summary>
    public static async Task<GroupDesk?> Find(PartitionStore store, string groupId, CancellationToken cancel)
    {
        if (!Ids.IsId(groupId)) return null;
        var seats = store.ReadUnder(Partition(groupId), SeatPrefix, Load.RowsMax, cancel);
        var group = await store.Find<Group>(Partition(groupId), Head, cancel);
        var all = await seats;
        return group is null ? null : new GroupDesk(group, [.. all.Select(row => Stored.Read<Seat>(row.Data))], []);
    }

    /// <summary>What is left of an order's seat; null while it has one, or never had.</summary>
    public static Task<Seat?> FindGone(
        PartitionStore store, string groupId, string orderId, CancellationToken cancel) =>
        store.Find<Seat>(Partition(groupId), Gone(orderId), cancel);

    private static string Gone(string orderId) => $"{GonePrefix}:{orderId}";

    private static IEnumerable<StateRow> Rows(GroupDesk desk)
    {
        if (desk.Group is { } group) yield return new StateRow(Head, group);
        foreach (var seat in desk.Seats) yield return new StateRow($"{SeatPrefix}:{seat.OrderId}", seat);
        foreach (var seat in desk.Gone) yield return new StateRow(Gone(seat.OrderId), seat);
    }

    private static bool IsListed(GroupEvent fact) =>
        fact is GroupEvent.SeatPaid or GroupEvent.SeatLeft or GroupEvent.Ended;

    private static IEnumerable<Message> Announce(GroupEvent fact)
    {
        switch (fact)
        {
            case GroupEvent.SeatLeft left:
                yield return OrderMessages.DealSettled(left.Outcome);
                break;
            case GroupEvent.SeatTurnedAway { Outcome: { } outcome }:
                yield return OrderMessages.DealSettled(outcome);
                break;
            case GroupEvent.SeatTurnedAway { Sent: { } sent }:
                yield return GroupMessages.Sent(sent);
                break;
            case GroupEvent.Ended ended:
                foreach (var outcome in ended.Outcomes) yield return OrderMessages.DealSettled(outcome);
                break;
            case GroupEvent.ToldOfEnd told:
                foreach (var touch in told.Touches) yield return TouchMessages.Planned(touch);
                break;
        }
    }
}

/// <summary>The queues of this slice: one for each effect.</summary>
public static class GroupMessages
{
    public const string SentQueue = "group-seats-sent";
    public const string ListQueue = "group-lists";

    public static Message Sent(SeatSentV1 sent) => new(SentQueue, sent);

    public static Message Listed(GroupMovedV1 moved) => new(ListQueue, moved);
}

/// <summary>A group is new or changed: whoever lists groups looks at it.</summary>
public sealed record GroupMovedV1(string GroupId);
