using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>An order as the shop's lists have it: a copy of what the member's partition knows.</summary>
/// <param name="Version">Grows with whatever happens to the order: no older copy takes a newer one's place.</param>
/// <param name="OpenRefunds">Refunds that are not at their end.</param>
public sealed record OrderEntry(
    string OrderId,
    string MemberId,
    int Version,
    OrderState State,
    DateTimeOffset PlacedAt,
    long PayableFen,
    long RefundedFen,
    string Title,
    int Pieces,
    int OpenRefunds)
{
    public static OrderEntry Of(Order order) => new(
        order.Id,
        order.MemberId,
        order.Log.Count,
        order.State,
        order.PlacedAt,
        order.Cart.PayableFen(),
        order.RefundedFen(),
        order.Cart.Lines[0].Title,
        order.Cart.Lines.Sum(line => line.Quantity),
        order.Refunds.Count(RefundShareRules.IsOpen));
}

/// <summary>The orders that were placed on a China day, spread over several partitions.</summary>
/// <remarks>
/// Partition <c>{spread}:oi:{day}:{shard}</c>: <c>order:{orderId}</c> all of them, <c>{state}:{orderId}</c> the same
/// once more by where they stand, the newest first. Each order's own row is the head of its decisions.
/// </remarks>
public static class OrderIndexRows
{
    /// <summary>Partitions of a day: as many writers as a rush has need not wait for one another.</summary>
    public const int Shards = 4;

    private const string Prefix = "order";

    /// <summary>The copy of one order.</summary>
    public static Layout<OrderEntry?, OrderEntry> Of(OrderEntry entry) => new(
        PartitionOf(ChinaDay.Of(entry.PlacedAt), Spread.ShardOf(entry.OrderId, Shards)),
        Row(Prefix, entry.OrderId),
        [.. Enum.GetValues<OrderState>().Select(state => new Load.One(Row(PrefixOf(state), entry.OrderId)))],
        Read: rows => rows.Find<OrderEntry>(Row(Prefix, entry.OrderId)),
        Write: listed => listed is null
            ? []
            :
            [
                new StateRow(Row(Prefix, listed.OrderId), listed),
                new StateRow(Row(PrefixOf(listed.State), listed.OrderId), listed),
            ],
        Evolve: (_, newer) => newer);

    /// <summary>The partitions of a day.</summary>
    public static IEnumerable<string> PartitionsOf(ChinaDay day) =>
        Enumerable.Range(0, Shards).Select(shard => PartitionOf(day, shard));

    /// <summary>Below and above the orders that stand there; all of them for null.</summary>
    public static (string From, string Until) Range(OrderState? state) =>
        Keys.Under(state is { } one ? PrefixOf(one) : Prefix);

    private static string PartitionOf(ChinaDay day, int shard) => Spread.Partition($"oi:{day}:{shard}");

    private static string PrefixOf(OrderState state) => ResponseJson.NameOf(state);

    private static string Row(string prefix, string orderId) => $"{prefix}:{orderId}";
}

/// <summary>Partitions that begin with well spread characters, and the spreading of things over several.</summary>
internal static class Spread
{
    private const int Chars = 4;

    public static string Partition(string name) => $"{Keys.Hash(name)[..Chars]}:{name}";

    public static int ShardOf(string id, int shards) => Convert.ToInt32(Keys.Hash(id)[..2], 16) % shards;
}
