using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Orders;

/// <summary>TCH-06: whether an order still waits for its payment.</summary>
public sealed class OrdersUnpaid(PartitionStore store, TimeProvider clock) : ITouchSubject
{
    public Occasion Occasion => Occasion.OrderUnpaid;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel) =>
        OrderNewsRules.IsUnpaid(
            await store.Find<Order>(MemberRows.Partition(memberId), OrderRows.Row(occasionId), cancel),
            clock.GetUtcNow());
}
