using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>TCH-06: every minute, tells members of coupons that end soon.</summary>
public sealed class RemindOfCouponEnds(DueSweep sweep, Transactor transactor, PartitionStore store, TimeProvider clock)
{
    private const int RowsPerPage = 100;

    [Function(nameof(RemindOfCouponEnds))]
    public Task Run([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(WalletRows.EndingsDue, Visit, cancel);

    // What names the run is gone once it is committed: whoever comes second finds it done.
    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (memberId, now) = (partition[MemberRows.Partition("").Length..], clock.GetUtcNow());
        var soon = WalletRows.From(now.AddDays(CouponEndingRules.DaysBefore).AddMinutes(1));
        var finding = WalletRows.FindTold(store, partition, cancel);
        var following = store.Range(partition, soon, Keys.Under(WalletRows.Prefix).Until, limit: 1, cancel);
        var ending = await store.ReadEach(partition, (WalletRows.From(now), soon), RowsPerPage, cancel)
            .Select(row => Stored.Read<Coupon>(row.Data)).ToListAsync(cancel);
        await Task.WhenAll(finding, following);

        var decision = await transactor.Run(
            WalletRows.Told(memberId),
            new Operation(nameof(RemindOfCouponEnds), Text(finding.Result.Until), Fingerprint: null),
            (told, at) => CouponEndingRules.Tell(told, memberId, ending, at),
            cancel);
        var others = ending.Concat(following.Result.Rows.Select(row => Stored.Read<Coupon>(row.Data)));
        return new DueVisit(decision.Facts.Count, CouponEndingRules.NextAt(others, now));
    }

    private static string Text(DateTimeOffset? instant) =>
        instant?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";
}
