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
        var now = clock.GetUtcNow();
        return await Of(memberId, now, cancel).CountAsync(
            coupon => coupon.State is CouponState.Issued && now < coupon.ValidUntil, cancel);
    }

    /// <summary>Every coupon whose end is to come, in any state, what ends first first.</summary>
    internal IAsyncEnumerable<Coupon> Of(string memberId, DateTimeOffset now, CancellationToken cancel) => store
        .ReadEach(
            MemberRows.Partition(memberId),
            (WalletRows.From(now), Keys.Under(WalletRows.Prefix).Until),
            StoreLimits.RowsPerPageMax,
            cancel)
        .Select(row => Stored.Read<Coupon>(row.Data));
}
