using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>Every minute: takes points off the balance that have ended (PTS-07).</summary>
public sealed class ExpirePoints(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(ExpirePoints))]
    public Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(PointsRows.ExpiryKind, Visit, cancel);

    // The number of the ledger's newest line names the run: whoever comes second finds it booked.
    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        for (var done = 0; ; done++)
        {
            var pages = await store.ReadUnder(partition, PointsRows.LotsPrefix, Load.RowsMax, cancel);
            var nextEnd = ExpiryRules.NextEnd(
                [.. pages.SelectMany(page => Stored.Read<PointsRows.LotPage>(page.Data).Lots)]);
            if (nextEnd is null || nextEnd > clock.GetUtcNow()) return new DueVisit(done, nextEnd);

            var seq = (await store.Find<Balance>(partition, PointsRows.BalanceRow, cancel) ?? Balance.Empty).Seq;
            await transactor.Run(
                PointsRows.Ending(partition),
                new Operation(nameof(ExpirePoints), seq.ToString(CultureInfo.InvariantCulture), Fingerprint: null),
                ExpiryRules.Expire,
                cancel);
        }
    }
}
