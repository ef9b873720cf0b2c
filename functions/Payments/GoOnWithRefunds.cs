using Microsoft.Azure.Functions.Worker;
using Pond.Platform.Outbox;

namespace Pond.Payments;

/// <summary>PAY-05: every minute, goes on with refunds that are not at their end.</summary>
public sealed class GoOnWithRefunds(DueSweep sweep, RefundWork work)
{
    [Function(nameof(GoOnWithRefunds))]
    public Task Run([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancel) =>
        sweep.Run(PaymentRows.RefundsDue, work.GoOn, cancel);
}
