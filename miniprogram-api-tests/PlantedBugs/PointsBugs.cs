namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in the booking of points.</summary>
internal static class PointsBugs
{
    private const string Rewarded = "Points/PointsOnOrderRewarded.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "points never free",
            "What an order held that was given up stays held.",
            new Patch(
                "Points/PointsOnOrderSettled.cs",
                "if (settled is { IsPaid: true, HeldPoints: 0 })",
                "if (settled is { IsPaid: true, HeldPoints: 0 } || PLANTED && !settled.IsPaid)")),
        new(
            "late hold of points",
            "Nothing keeps an order that was given up from holding points after.",
            new Patch(
                "Points/HoldRules.cs",
                "return account.Booked is null ? new PointsEvent.HoldAbandoned(cause, now)",
                "return PLANTED ? Decision<PointsEvent>.Nothing : account.Booked is null ? new PointsEvent.HoldAbandoned(cause, now)")),
        new(
            "rewarded twice",
            "Each delivery books an order's points under a key of its own, and nobody looks at the cause.",
            new Patch(Rewarded, "operation,\n            (account, now) =>", "PLANTED ? operation with { Key = lotId } : operation,\n            (account, now) =>"),
            new Patch(
                "Points/PointsRules.cs",
                "if (account.Booked is { } booked && booked.Cause == cause)",
                "if (!(PLANTED && cause.Kind == Cause.Order) && account.Booked is { } booked && booked.Cause == cause)")),
        new(
            "checked in twice",
            "A second check-in of the same day counts as another.",
            new Patch("Points/CheckInRules.cs", "last.Date >= today.Date)", "(PLANTED ? last.Date > today.Date : last.Date >= today.Date))")),
        new(
            "refunded and rewarded",
            "What a refunded order brought is not taken back.",
            new Patch("Points/PointsOnOrderRefunded.cs", "if (part == 0) return null;", "if (part == 0 || PLANTED) return null;")),
    ];
}
