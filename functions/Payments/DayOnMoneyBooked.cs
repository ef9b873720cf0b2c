using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Payments;

/// <summary>PAY-08: lists money under the day on which WeChat took it or paid it back.</summary>
public sealed class DayOnMoneyBooked(Inbox inbox, Transactor transactor)
{
    [Function(nameof(DayOnMoneyBooked))]
    public Task Run(
        [QueueTrigger(BookMessages.BookQueue, Connection = "PondStorage")] string message, CancellationToken cancel) =>
        inbox.Handle<MoneyBookedV1>(nameof(DayOnMoneyBooked), BookMessages.BookQueue, message, List, cancel);

    private async Task<Refusal?> List(MoneyBookedV1 booked, Operation operation, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            BookRows.Line(booked.Line),
            operation,
            (known, _) => known is null ? booked.Line : Decision<BookLine>.Nothing,
            cancel);
        return decision.Refusal;
    }
}
