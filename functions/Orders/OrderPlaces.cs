using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>With whom an order lies.</summary>
public sealed record OrderPlace(string OrderId, string MemberId);

/// <summary>
/// Leads from the number of an order to the member it lies with. For operators, who know the number alone.
/// </summary>
/// <remarks>
/// Partition <c>on:{hash of the order's id}</c>, one row. It comes a moment after the order itself, with the first
/// message that it has moved.
/// </remarks>
public sealed class OrderPlaces(PartitionStore store)
{
    private const string Row = "order";

    /// <summary>Null when there is no such order.</summary>
    public async Task<Order?> Find(string orderId, CancellationToken cancel) =>
        Ids.IsId(orderId) && await store.Find<OrderPlace>(Partition(orderId), Row, cancel) is { } place
            ? await FindOf(place.MemberId, orderId, cancel)
            : null;

    /// <summary>The order of a member.</summary>
    public Task<Order?> FindOf(string memberId, string orderId, CancellationToken cancel) =>
        store.Find<Order>(MemberRows.Partition(memberId), OrderRows.Row(orderId), cancel);

    /// <summary>Where an order lies, which never changes.</summary>
    internal static Layout<OrderPlace?, OrderPlace> Place(string orderId) => new(
        Partition(orderId),
        Row,
        Loads: [],
        Read: rows => rows.Find<OrderPlace>(Row),
        Write: place => place is null ? [] : [new StateRow(Row, place)],
        Evolve: (_, place) => place);

    /// <summary>What operators look at of an order and must not go unseen.</summary>
    internal static Layout<OrderPlace?, OperatorActedV1> Looks(string orderId) => new(
        Partition(orderId),
        Row,
        Loads: [],
        Read: rows => rows.Find<OrderPlace>(Row),
        Write: place => place is null ? [] : [new StateRow(Row, place)],
        Evolve: (place, _) => place,
        Announce: act => [OperatorMessages.Acted(act)]);

    private static string Partition(string orderId) => $"on:{Keys.Hash(orderId)}";
}
