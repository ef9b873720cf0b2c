using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Products;

namespace Pond.Activities;

/// <summary>ACT-03: every minute, sends the stock home of activities in which nothing goes on any more.</summary>
public sealed class CloseActivities(
    DueSweep sweep, PartitionStore store, StockAllotments allotments, Transactor transactor, TimeProvider clock)
{
    [Function(nameof(CloseActivities))]
    public Task Run([TimerTrigger("5 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(ActivityRows.ClosingDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        var (closed, now, nextAt) = (0, clock.GetUtcNow(), (DateTimeOffset?)null);
        foreach (var activity in await ActivityRows.Live(store, cancel))
        {
            if (activity.StockUntil > now)
            {
                nextAt = nextAt < activity.StockUntil ? nextAt : activity.StockUntil;
            }
            else if (ActivityRules.IsToClose(activity, now))
            {
                await Close(activity, cancel);
                closed++;
            }
        }

        return new DueVisit(closed, nextAt);
    }

    private async Task Close(Activity activity, CancellationToken cancel)
    {
        await allotments.Close(activity.Allotments(), cancel);
        await transactor.Run(
            ActivityRows.Board(activity.Id),
            new Operation(nameof(CloseActivities), activity.Id, Fingerprint: null),
            ActivityRules.Close,
            cancel);
    }
}
