namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how pieces of flash sales are claimed, ordered and given back.</summary>
internal static class FlashSaleBugs
{
    private const string Claims = "FlashSales/SlotClaims.cs";
    private const string Rules = "FlashSales/SlotClaimRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "drop slot stays",
            "A slot that goes back keeps its row, so nobody can have it any more.",
            new Patch("FlashSales/DropRows.cs", "if (claim.HasSlot) yield", "if (claim.HasSlot || PLANTED) yield")),
        new(
            "drop slot back twice",
            "A claim that is over gives its slot back whenever its order's end is heard again.",
            new Patch(
                Rules,
                "desk.Claim is { State: SlotClaimState.Ordered } claim && claim.OrderId == orderId",
                "desk.Claim is { } claim && (PLANTED || claim.State is SlotClaimState.Ordered) && claim.OrderId == orderId")),
        new(
            "no piece yet, no piece ever",
            "A claim that finds the piece of a slot that came back not free yet is over.",
            new Patch(
                Rules,
                "return orderId is not null && why.Code",
                "return orderId is not null && !PLANTED && why.Code")),
        new(
            "drop sold out at home",
            "An empty shard says that nothing is left, whatever there is in the others.",
            new Patch(
                Claims,
                "if (DropRules.AreEmpty([.. all.Select(one => one.Drop)]) && await",
                "if ((PLANTED || DropRules.AreEmpty([.. all.Select(one => one.Drop)])) && await")),
        new(
            "sold out to winners",
            "Whoever asks again once nothing is left hears that, and not of the claim that they have.",
            new Patch(
                Claims,
                "var known = shed == ActivityRefusals.NotOpen ? null",
                "var known = shed == ActivityRefusals.NotOpen || PLANTED ? null")),
        new(
            "F code for two",
            "An F code that is used for a claim can be used for another one.",
            new Patch(
                "FlashSales/FCodeRules.cs",
                "{ ClaimId: { } used } when used != claimId",
                "{ ClaimId: { } used } when used != claimId && !PLANTED")),
    ];
}
