using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Tiers;

/// <summary>MBR-04: every five minutes, keeps or lowers the tiers whose time is over and warns before it is.</summary>
public sealed class ReviewTiers(DueSweep sweep, PartitionStore store, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(ReviewTiers))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(TierRows.DueKind, Visit, cancel);

    // The membership's version names the review: whoever comes second finds it done.
    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        for (var done = 0; ; done++)
        {
            var membership =
                await store.Find<Membership>(partition, TierRows.MembershipRow, cancel) ?? Membership.Newcomer;
            var nextAt = TierRules.NextDue(membership);
            if (nextAt is null || nextAt > clock.GetUtcNow()) return new DueVisit(done, nextAt);

            var version = membership.Version.ToString(CultureInfo.InvariantCulture);
            var programme = await ProgrammeRows.Find(store, cancel);
            var decision = await transactor.Run(
                TierRows.Account(partition),
                new Operation(nameof(ReviewTiers), version, Fingerprint: null),
                (account, now) => TierRules.Review(account, programme, now),
                cancel);
            if (decision.Refusal is not null) return new DueVisit(done, NextAt: null);
        }
    }
}
