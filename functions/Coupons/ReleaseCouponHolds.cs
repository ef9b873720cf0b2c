using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-03: every minute, gives coupons back to members whose orders ran out of time.</summary>
public sealed class ReleaseCouponHolds(DueSweep sweep, Transactor transactor, PartitionStore store, TimeProvider clock)
{
    /// <summary>Held coupons of one member that one visit looks at.</summary>
    public const int HoldsPerVisit = 100;

    [Function(nameof(ReleaseCouponHolds))]
    public Task Run([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(WalletRows.HoldsDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var memberId = partition[MemberRows.Partition("").Length..];
        var (from, until) = Keys.Under(WalletRows.HeldPrefix);
        var page = await store.Range(partition, from, until, HoldsPerVisit, cancel);
        var now = clock.GetUtcNow();
        var (released, nextAt) = (0, page.Next is null ? (DateTimeOffset?)null : now);
        foreach (var held in page.Rows.Select(row => Stored.Read<Coupon>(row.Data)))
        {
            if (held.HeldUntil > now) nextAt = nextAt < held.HeldUntil ? nextAt : held.HeldUntil;
            else released += await Release(memberId, held, cancel);
        }

        return new DueVisit(released, nextAt);
    }

    private async Task<int> Release(string memberId, Coupon held, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            WalletRows.Coupon(memberId, held.Id, held.OrderId!),
            new Operation(nameof(ReleaseCouponHolds), $"{held.Id} {held.OrderId}", Fingerprint: null),
            (wallet, now) => CouponRules.Lapse(wallet, held.OrderId!, now),
            cancel);
        return decision.Facts.Count;
    }
}
