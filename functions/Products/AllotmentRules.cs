using Pond.Kernel;

namespace Pond.Products;

/// <summary>ACT-03: what an activity has of a SKU's stock for itself, from its publication to its end. Pure.</summary>
/// <remarks>
/// Pieces are in one place at a time: they leave a shard in the commit that leaves the message about them, and come in
/// where that arrives. What comes free when all is over, such as by a late refund, goes home by itself.
/// </remarks>
public static class AllotmentRules
{
    /// <summary>Pieces come in.</summary>
    public static Decision<StockEvent> Receive(string key, int quantity, DateTimeOffset now) =>
        quantity == 0 ? Decision<StockEvent>.Nothing : new StockEvent.Moved(key, quantity, now);

    /// <summary>The activity is over: what is free goes home, and so does what comes free from now on.</summary>
    public static Decision<StockEvent> Close(StockDesk desk, StockHome home, DateTimeOffset now) =>
        desk.Shard.Home is null
            ? SendHome(desk, new StockEvent.Closed(home, now))
            : Decision<StockEvent>.Nothing;

    /// <summary>The facts, and that what they free of a closed allotment goes home.</summary>
    internal static Decision<StockEvent> SendHome(StockDesk desk, params StockEvent[] facts)
    {
        var shard = facts.Aggregate(desk, StockLedgerRules.Evolve).Shard;
        if (shard is not { Home: { } home, Available: > 0 }) return facts;
        var move = new StockMovedV1(home.SkuId, home.Shard, $"{home.From}.{shard.Seq + 1}", shard.Available);
        return (StockEvent[])[.. facts, new StockEvent.SentHome(move, facts[^1].At)];
    }
}
