using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>
/// PAY-08: every hour from half past ten in China, when WeChat has made the bill of the day before: compares the last
/// days that are not compared yet.
/// </summary>
public sealed partial class CompareBills(
    BillComparison bills, PartitionStore store, Transactor transactor, TimeProvider clock, ILogger<CompareBills> log)
{
    /// <summary>Days for which a bill is asked for again.</summary>
    public const int DaysBack = 3;

    [Function(nameof(CompareBills))]
    public async Task Run([TimerTrigger("0 30 2-14 * * *")] TimerInfo timer, CancellationToken cancel)
    {
        var today = ChinaDay.Of(clock.GetUtcNow());
        for (var back = DaysBack; back >= 1; back--)
        {
            var day = today.AddDays(-back);
            if (await store.Find(BillRunRows.Partition, BillRunRows.Row(day), cancel) is not null) continue;
            await Compare(day, isLate: back > 1, cancel);
        }
    }

    private async Task Compare(ChinaDay day, bool isLate, CancellationToken cancel)
    {
        if (await bills.Compare(day, cancel) is not { } run)
        {
            NoBill(day.ToString());
            if (isLate) await bills.MissBill(day, cancel);
            return;
        }

        await transactor.Run(
            BillRunRows.Day(day),
            new Operation(nameof(CompareBills), day.ToString(), Fingerprint: null),
            (_, _) => new BillCompared(run, OperatorId: null, Reason: null),
            cancel);
    }

    [LoggerMessage(LogLevel.Warning, "WeChat has no bill of {Day}; it is asked again")]
    private partial void NoBill(string day);
}
