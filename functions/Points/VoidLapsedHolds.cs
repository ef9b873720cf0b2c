using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>Every minute: gives back what was held longer than its deadline allows (PTS-03).</summary>
public sealed class VoidLapsedHolds(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(VoidLapsedHolds))]
    public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(PointsRows.HoldsKind, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(partition, PointsRows.HoldsPrefix, Load.RowsMax, cancel);
        Hold[] holds = [.. rows.Select(row => Stored.Read<Hold>(row.Data)).OrderBy(hold => hold.Until)];
        var now = clock.GetUtcNow();
        var lapsed = holds.TakeWhile(hold => hold.Until <= now).ToArray();
        foreach (var cause in lapsed.Select(hold => hold.Cause))
        {
            await transactor.Run(
                PointsRows.HoldingIn(partition, cause),
                new Operation(nameof(VoidLapsedHolds), $"{cause.Kind}:{cause.Id}", Fingerprint: null),
                (account, at) => HoldRules.Lapse(account, cause, at),
                cancel);
        }

        return new DueVisit(lapsed.Length, holds.Skip(lapsed.Length).FirstOrDefault()?.Until);
    }
}
