namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how friends help, and in how an order gets the price.</summary>
internal static class BargainBugs
{
    private const string Attempts = "Bargains/AttemptRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "attempt begun again",
            "Whoever follows a beginning writes the attempt down once more, as it was before the first cut.",
            new Patch(
                Attempts, "Attempt attempt) => desk.Attempt is null", "Attempt attempt) => desk.Attempt is null || PLANTED"),
            new Patch(
                "Bargains/AttemptOnAttemptBegun.cs",
                "async (begun, _, stop) =>\n            {\n                await Write(begun.Attempt, stop);",
                "async (begun, own, stop) =>\n            {\n                if (PLANTED) await transactor.Run(AttemptRows.Alone(begun.Attempt.Id), own, (desk, _) => AttemptRules.Start(desk, begun.Attempt), stop);\n                else await Write(begun.Attempt, stop);")),
        new(
            "help that nobody follows",
            "A right of the day is held, and nothing says that the cut is still to be made.",
            new Patch("Bargains/HelperRows.cs", "fact is HelperEvent.Held held ?", "fact is HelperEvent.Held held && !PLANTED ?")),
        new(
            "right used up for nothing",
            "A help that somebody was faster to give still counts on its day.",
            new Patch("Bargains/HelperRules.cs", "day is not null && day.Holds.Any(", "!PLANTED && day is not null && day.Holds.Any(")),
        new(
            "cut after the order",
            "Friends go on cutting after an order has frozen the price.",
            new Patch(
                Attempts,
                "AttemptState.Ordered => BargainRefusals.Ordered,\n            AttemptState.Done => BargainRefusals.Done,\n            AttemptState.Expired => BargainRefusals.Over,\n            _ => attempt.Terms",
                "AttemptState.Ordered when !PLANTED => BargainRefusals.Ordered,\n            AttemptState.Done => BargainRefusals.Done,\n            AttemptState.Expired => BargainRefusals.Over,\n            _ => attempt.Terms")),
        new(
            "won and lost",
            "The price stays with an order that was cancelled.",
            new Patch(
                "Bargains/Attempts.cs",
                "Attempt = desk.Attempt!.State is AttemptState.Ordered && desk",
                "Attempt = !PLANTED && desk.Attempt!.State is AttemptState.Ordered && desk")),
        new(
            "one price for two orders",
            "An order does not ask whether another one has the price.",
            new Patch(
                Attempts,
                "AttemptState.Ordered => BargainRefusals.Ordered,\n        AttemptState.Done => BargainRefusals.Done,\n        AttemptState.Expired => BargainRefusals.Over,\n        AttemptState.Open when",
                "AttemptState.Ordered when !PLANTED => BargainRefusals.Ordered,\n        AttemptState.Done => BargainRefusals.Done,\n        AttemptState.Expired => BargainRefusals.Over,\n        AttemptState.Open when")),
    ];
}
