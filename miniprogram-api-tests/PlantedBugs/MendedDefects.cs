namespace Pond.Tests.PlantedBugs;

/// <summary>
/// What the simulation has found in the app itself, put back: it has to find it again, and says with which seed.
/// </summary>
internal static class MendedDefects
{
    public static readonly PlantedBug[] All =
    [
        new(
            "row found twice",
            "Who asks again for an order whose placing got no answer is answered 500.",
            new Patch(
                "Platform/Transactor.cs",
                "var byKey = new Dictionary<string, Row>(StringComparer.Ordinal);",
                """
                if (PLANTED) return found.SelectMany(rows => rows).ToDictionary(row => row.Key, StringComparer.Ordinal);
                var byKey = new Dictionary<string, Row>(StringComparer.Ordinal);
                """)),
        new(
            "asked about for ever",
            "A payment that was closed before WeChat had heard of it is asked about every minute.",
            new Patch(
                "Payments/PaymentChecks.cs",
                "$\"{payment.OutTradeNo}#{payment.Checks} {payment.State}\"",
                "$\"{payment.OutTradeNo}#{payment.Checks} {(PLANTED ? \"\" : payment.State)}\"")),
        new(
            "to be closed is closed",
            "Who begins to pay again while an order is being cancelled ends it, though somebody may have paid.",
            new Patch(
                "Payments/PaymentDesk.cs",
                "{ ClosingSince: not null } => new PaymentStart.NotNow(PaymentRefusals.Closed),",
                """
                { ClosingSince: not null } when PLANTED => new PaymentStart.Closed(),
                { ClosingSince: not null } => new PaymentStart.NotNow(PaymentRefusals.Closed),
                """)),
    ];
}
