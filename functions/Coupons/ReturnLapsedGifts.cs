using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-08: every minute, sends back gifts that nobody has taken in time.</summary>
public sealed class ReturnLapsedGifts(DueSweep sweep, Transactor transactor, PartitionStore store, TimeProvider clock)
{
    [Function(nameof(ReturnLapsedGifts))]
    public Task Run([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(GiftRows.GiftsDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var gift = await store.Find<Gift>(partition, GiftRows.Head, cancel);
        if (gift is not { State: GiftState.Open }) return new DueVisit(0, null);
        if (clock.GetUtcNow() < gift.Until) return new DueVisit(0, gift.Until);

        var decision = await transactor.Run(
            GiftRows.Gift(partition),
            new Operation(nameof(ReturnLapsedGifts), gift.Id, Fingerprint: null),
            (found, now) => GiftRules.Lapse(found, now),
            cancel);
        return new DueVisit(decision.Facts.Count, null);
    }
}
