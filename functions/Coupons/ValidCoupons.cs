using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>What a member's wallet holds at present. A read model for other slices.</summary>
public sealed class ValidCoupons(PartitionStore store, TimeProvider clock)
{
    /// <summary>How many are issued and not over.</summary>
    public async Task<int> CountOf(string memberId, CancellationToken cancel)
    {
        var (count, now, until) = (0, clock.GetUtcNow(), Keys.Under(WalletRows.Prefix).Until);
        for (string? next = WalletRows.From(now); next is not null;)
        {
            var page = await store.Range(
                MemberRows.Partition(memberId), next, until, StoreLimits.RowsPerPageMax, cancel);
            count += page.Rows.Select(row => Stored.Read<Coupon>(row.Data)).Count(
                coupon => coupon.State is CouponState.Issued && now < coupon.ValidUntil);
            next = page.Next;
        }

        return count;
    }
}
