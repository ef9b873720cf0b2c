using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>GRP-04: whether somebody has bought before. A read model for other slices.</summary>
public sealed class PaidOrders(PartitionStore store, Survivors survivors)
{
    private const int RowsPerPage = 20;

    /// <summary>
    /// Whether the member, or an account that has become part of theirs, has a paid order of which something is left.
    /// One unionid and one phone are one member, so this asks for the person.
    /// </summary>
    /// <param name="except">An order that does not count; null for none.</param>
    public async Task<bool> HasAny(string memberId, string? except, CancellationToken cancel)
    {
        foreach (var account in await survivors.AccountsOf(memberId, cancel))
        {
            var rows = store.ReadEach(
                MemberRows.Partition(account), Keys.Under(OrderRows.Prefix), RowsPerPage, cancel);
            await foreach (var row in rows)
            {
                var order = Stored.Read<Order>(row.Data);
                if (order.Payment is not null && order.Id != except && order.State is not OrderState.Refunded
                    && order.Deal is not { State: DealState.Failed })
                    return true;
            }
        }

        return false;
    }
}
