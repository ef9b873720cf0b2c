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

    /// <summary>Those that an order could take now, what ends first first.</summary>
    /// <param name="couponsMax">More are left out.</param>
    public async Task<IReadOnlyList<Coupon>> Usable(string memberId, int couponsMax, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await Of(memberId, now, cancel)
            .Where(coupon => CouponRules.WhyNotFree(coupon, now) is null)
            .Take(couponsMax)
            .ToListAsync(cancel);
    }

    /// <summary>Those of the ids that are the member's, in any state.</summary>
    public async Task<IReadOnlyList<Coupon>> Find(
        string memberId, IReadOnlyCollection<string> couponIds, CancellationToken cancel)
    {
        var found = await Task.WhenAll(couponIds.Where(Ids.IsId).Select(id =>
            store.Find<Coupon>(MemberRows.Partition(memberId), WalletRows.Row(id), cancel)));
        return [.. found.OfType<Coupon>()];
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
