namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how seats are held and paid, and in how groups end.</summary>
internal static class GroupBugs
{
    private const string Rules = "GroupBuys/GroupRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "late payer stranded",
            "A payment that comes when the group is over changes nothing, and nobody hears of it (D06).",
            new Patch(
                Rules,
                "if (!isOpen || isMember ||",
                "if (PLANTED && !isOpen) return Decision<GroupEvent>.Nothing;\n        if (!isOpen || isMember ||")),
        new(
            "successor gets a day",
            "Who leads after the first leader has a deadline of their own (D24).",
            new Patch(
                "GroupBuys/GroupFold.cs",
                "Group = desk.Group! with { LeaderOrderId = leader.OrderId }",
                "Group = desk.Group! with { LeaderOrderId = leader.OrderId, EndsAt = PLANTED && desk.Group.LeaderOrderId is not null ? desk.Group.EndsAt.AddMinutes(1) : desk.Group.EndsAt }")),
        new(
            "paid and sent on",
            "A payment that is sent on to another group keeps its seat in this one.",
            new Patch(
                "GroupBuys/GroupFold.cs",
                "Seats = Others(desk.Seats, turned.Seat.OrderId),",
                "Seats = PLANTED ? [.. Others(desk.Seats, turned.Seat.OrderId), turned.Seat with { State = SeatState.Paid }] : Others(desk.Seats, turned.Seat.OrderId),")),
    ];
}
