using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>Finds a member's orders that are neither paid nor cancelled, for sweeps.</summary>
public sealed class OpenOrders(PartitionStore store)
{
    /// <summary>They are few: a limit holds them.</summary>
    public async Task<IReadOnlyList<Order>> In(string partition, CancellationToken cancel)
    {
        var markers = await store.ReadUnder(partition, OrderRows.OpenPrefix, Load.RowsMax, cancel);
        var orders = await Task.WhenAll(markers
            .Select(marker => Stored.Read<OpenOrder>(marker.Data).OrderId)
            .Select(orderId => store.Find<Order>(partition, OrderRows.Row(orderId), cancel)));
        return [.. orders.OfType<Order>()];
    }
}
