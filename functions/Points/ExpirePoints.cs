using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>
/// Every minute: takes points off the balance that have ended (PTS-07), and says which end soon (PTS-08).
/// </summary>
public sealed class ExpirePoints(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(ExpirePoints))]
    public Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(PointsRows.ExpiryKind, Visit, cancel);

    // What names the run is gone once it is booked: whoever comes second finds it done.
    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        for (var done = 0; ; done++)
        {
            var finding = store.Find<Balance>(partition, PointsRows.BalanceRow, cancel);
            var reading = store.ReadUnder(partition, PointsRows.LotsPrefix, Load.RowsMax, cancel);
            await Task.WhenAll(finding, reading);

            var balance = finding.Result ?? Balance.Empty;
            Lot[] lots = [.. reading.Result.SelectMany(page => Stored.Read<PointsRows.LotPage>(page.Data).Lots)];
            var now = clock.GetUtcNow();
            if (ExpiryRules.NextEnd(lots) <= now)
                await Run(partition, Text(balance.Seq), ExpiryRules.Expire, cancel);
            else if (EndingSoonRules.NextAt(balance, lots) is { } time && time <= now)
                await Run(partition, $"soon:{Text(time.UtcTicks)}", EndingSoonRules.Tell, cancel);
            else
                return new DueVisit(done, ExpiryRules.NextLook(balance, lots));
        }
    }

    private Task<Decision<PointsEvent>> Run(
        string partition,
        string key,
        Func<PointsAccount, DateTimeOffset, Decision<PointsEvent>> decide,
        CancellationToken cancel) => transactor.Run(
        PointsRows.Ending(partition),
        new Operation(nameof(ExpirePoints), key, Fingerprint: null),
        decide,
        cancel);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
