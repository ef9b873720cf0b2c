using Pond.Kernel;
using Pond.Platform.Storage;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-08: holds WeChat's bill of a day against our books; what differs becomes a ticket, once.</summary>
public sealed class BillComparison(WeChatPay weChat, PartitionStore store, Tickets tickets, TimeProvider clock)
{
    /// <summary>New tickets of one run: more mean that something else is wrong, and come with the next run.</summary>
    public const int TicketsMax = 100;

    /// <summary>How many bills before the day are looked into for a refund.</summary>
    public const int BillsBeforeMax = 7;

    /// <summary>Compares a day that is over.</summary>
    /// <returns>Null when there is no bill yet, or no answer: the day has to be compared later.</returns>
    public async Task<BillRun?> Compare(ChinaDay day, CancellationToken cancel)
    {
        var books = await BookRows.ReadDay(store, day, cancel);
        var outcome = await weChat.DownloadBill(day.Date, cancel);
        if (outcome is BillOutcome.Unknown or BillOutcome.Missing && books.Count > 0) return null;
        IReadOnlyList<BillLine> bill = outcome is BillOutcome.Ready ready ? ready.Lines : [];

        var differences = BillRules.Compare(bill, books);
        var now = clock.GetUtcNow();
        PaymentTicket[] found =
        [
            .. await Strange(differences.Strange, now, cancel),
            .. differences.Different.Select(line => BillRules.TicketOf(TicketKind.BillLineDiffers, line, now)),
            .. (await StillMissing(differences.Missing, day, cancel)).Select(line => BillRules.TicketOf(line, now)),
        ];
        foreach (var ticket in found.Take(TicketsMax)) await tickets.Open(ticket, cancel);
        return new BillRun(day, bill.Count, found.Length, now);
    }

    /// <summary>A day that had payments has no bill, long after it should.</summary>
    public async Task MissBill(ChinaDay day, CancellationToken cancel)
    {
        var books = await BookRows.ReadDay(store, day, cancel);
        await tickets.Open(BillRules.TicketOf(day, books.Sum(line => line.AmountFen), clock.GetUtcNow()), cancel);
    }

    // The books of the day are a list of copies; the payment itself is the truth.
    private async Task<IReadOnlyList<PaymentTicket>> Strange(
        IReadOnlyList<BillLine> lines, DateTimeOffset now, CancellationToken cancel)
    {
        var found = new List<PaymentTicket>();
        foreach (var line in lines)
        {
            var book = await store.ReadBook(PaymentRows.Partition(line.OutTradeNo), cancel);
            if (BillRules.Judge(line, book) is { } kind) found.Add(BillRules.TicketOf(kind, line, now));
        }

        return found;
    }

    // A refund stands in the bill of the day on which WeChat took it, which may be days before it was paid back.
    private async Task<IReadOnlyList<BookLine>> StillMissing(
        IReadOnlyList<BookLine> lines, ChinaDay day, CancellationToken cancel)
    {
        var missing = lines.ToList();
        for (var back = 1; back <= BillsBeforeMax; back++)
        {
            var before = day.AddDays(-back);
            if (!missing.Any(line => line.SentAt < before.Next.Start)) break;
            if (await weChat.DownloadBill(before.Date, cancel) is not BillOutcome.Ready { Lines: var bill }) continue;
            var numbers = bill.Select(line => line.RefundNo).OfType<string>().ToHashSet();
            missing.RemoveAll(line => line.RefundNo is { } number && numbers.Contains(number));
        }

        return missing;
    }
}
