using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>CMP-03: every minute, frees what was kept for gifts that were never given.</summary>
public sealed class FreeKeptGrants(DueSweep sweep, PartitionStore store, PromotionBudgets budgets, TimeProvider clock)
{
    /// <summary>Grants of one promotion that one visit looks at.</summary>
    public const int GrantsPerVisit = 100;

    [Function(nameof(FreeKeptGrants))]
    public Task Run([TimerTrigger("25 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(BudgetRows.LapsesDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (from, until) = Keys.Under(BudgetRows.KeptPrefix);
        var page = await store.Range(partition, from, until, GrantsPerVisit, cancel);
        var now = clock.GetUtcNow();
        var (freed, nextAt) = (0, page.Next is null ? (DateTimeOffset?)null : now);
        foreach (var row in page.Rows)
        {
            var grant = Stored.Read<BudgetGrant>(row.Data);
            if (grant.FreeAt > now)
            {
                nextAt = nextAt < grant.FreeAt ? nextAt : grant.FreeAt;
                continue;
            }

            await budgets.Lapse(BudgetRows.PromotionIn(partition), grant.Id, cancel);
            freed++;
        }

        return new DueVisit(freed, nextAt);
    }
}
