using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>PAY-04: every minute, asks WeChat about payments of which nobody has told anything yet.</summary>
public sealed class CheckPayments(DueSweep sweep, PartitionStore store, PaymentChecks checks, TimeProvider clock)
{
    [Function(nameof(CheckPayments))]
    public Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(PaymentRows.ChecksDue, Visit, cancel);

    private async Task<DueVisit> Visit(string partition, CancellationToken cancel)
    {
        if (await Find(partition, cancel) is not { CheckAt: { } checkAt } payment) return new DueVisit(0, null);
        if (checkAt > clock.GetUtcNow()) return new DueVisit(0, checkAt);

        await checks.Look(payment, cancel);
        return new DueVisit(1, (await Find(partition, cancel))?.CheckAt);
    }

    private Task<WeChatPayment?> Find(string partition, CancellationToken cancel) =>
        store.Find<WeChatPayment>(partition, PaymentRows.Head, cancel);
}
