namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in how pieces are kept and sold.</summary>
internal static class StockBugs
{
    private const string Rules = "Products/StockLedgerRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "only known shards",
            "An order that is given up frees what it knows of, and asks no shard what else it may have.",
            new Patch(
                "Products/StockOnOrderSettled.cs",
                ".. settled.Wanted\n",
                ".. settled.Wanted.Where(_ => !PLANTED)\n")),
        new(
            "late hold of stock",
            "Nothing keeps an order that was given up from taking pieces after.",
            new Patch(
                Rules,
                "null => new StockEvent.Released(orderId, Look: 0, Quantity: 0, now),",
                """
                null when PLANTED => Decision<StockEvent>.Nothing,
                null => new StockEvent.Released(orderId, Look: 0, Quantity: 0, now),
                """)),
        new(
            "released and taken",
            "A shard does not look whether the order that takes pieces was given up.",
            new Patch(Rules, "if (!mayLook) return", "if (!mayLook && !(PLANTED && desk.Order!.State is OrderStockState.Released)) return")),
        new(
            "more than there is",
            "A shard gives what is wanted, whether or not it has it.",
            new Patch(Rules, "var isShort = ", "var isShort = !PLANTED && "),
            new Patch(Rules, "isShort ? 0 : Math.Min(", "isShort ? 0 : PLANTED ? wanted : Math.Min(")),
    ];
}
