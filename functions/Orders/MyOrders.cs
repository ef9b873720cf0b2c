using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>Finds a member's orders, those of accounts that were merged into theirs included.</summary>
public sealed class MyOrders(PartitionStore store, Survivors survivors)
{
    /// <summary>Null when the member has no such order: whether somebody else has is not theirs to know.</summary>
    public async Task<Order?> Find(string memberId, string orderId, CancellationToken cancel)
    {
        if (!Ids.IsId(orderId)) return null;
        if (await FindIn(memberId, orderId, cancel) is { } order) return order;

        foreach (var account in (await survivors.AccountsOf(memberId, cancel)).Skip(1))
        {
            if (await FindIn(account, orderId, cancel) is { } former) return former;
        }

        return null;
    }

    private Task<Order?> FindIn(string memberId, string orderId, CancellationToken cancel) =>
        store.Find<Order>(MemberRows.Partition(memberId), OrderRows.Row(orderId), cancel);
}
