using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Coupons;

/// <summary>TCH-06: whether any of the coupons that end on one day can still be used.</summary>
public sealed class CouponsEndingSoon(PartitionStore store, TimeProvider clock) : ITouchSubject
{
    private const int RowsPerPage = 100;

    public Occasion Occasion => Occasion.CouponEnding;

    /// <inheritdoc/>
    public async Task<bool> Stands(string memberId, string occasionId, CancellationToken cancel)
    {
        var (day, now) = (ChinaDay.Parse(occasionId), clock.GetUtcNow());
        var range = (WalletRows.From(day.Start), WalletRows.From(day.Next.Start));
        return await store.ReadEach(MemberRows.Partition(memberId), range, RowsPerPage, cancel)
            .Select(row => Stored.Read<Coupon>(row.Data))
            .AnyAsync(coupon => CouponRules.WhyNotFree(coupon, now) is null, cancel);
    }
}
