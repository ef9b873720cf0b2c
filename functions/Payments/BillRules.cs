using Pond.Kernel;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>PAY-08: WeChat's bill of a day against our books of that day. Pure.</summary>
public static class BillRules
{
    /// <summary>Both ways: what only the bill has, what only the books have, and what differs.</summary>
    public static BillDifferences Compare(IReadOnlyList<BillLine> bill, IReadOnlyList<BookLine> books)
    {
        var booked = books.ToDictionary(line => (line.TransactionId, line.RefundNo));
        var billed = bill.Select(line => (line.TransactionId, line.RefundNo)).ToHashSet();
        return new BillDifferences(
            [.. bill.Where(line => !booked.ContainsKey((line.TransactionId, line.RefundNo)))],
            [.. books.Where(line => !billed.Contains((line.TransactionId, line.RefundNo)))],
            [
                .. bill.Where(line => booked.TryGetValue((line.TransactionId, line.RefundNo), out var ours)
                    && FenOf(line) != FenOf(ours)),
            ]);
    }

    /// <summary>What the truth says of a line that the day's books do not have: null for a line of ours.</summary>
    public static TicketKind? Judge(BillLine line, PaymentBook book)
    {
        if (book.Payment?.Paid is not { } paid || paid.TransactionId != line.TransactionId)
            return TicketKind.BillLineStrange;
        if (line.RefundNo is not { } number)
            return paid.AmountFen == line.AmountFen ? null : TicketKind.BillLineDiffers;
        var refund = book.Refunds.SingleOrDefault(one => one.WeChatNo == number || one.FormerNos.Contains(number));
        if (refund is null) return TicketKind.BillLineStrange;
        return refund.AmountFen == line.RefundFen ? null : TicketKind.BillLineDiffers;
    }

    /// <summary>A ticket about a line of the bill.</summary>
    public static PaymentTicket TicketOf(TicketKind kind, BillLine line, DateTimeOffset now) => new(
        PaymentTicket.IdOf(kind, line.TransactionId, line.RefundNo ?? ""), kind, line.OutTradeNo, line.TransactionId,
        line.RefundNo, FenOf(line), line.State, now);

    /// <summary>A ticket about a line of our books.</summary>
    public static PaymentTicket TicketOf(BookLine line, DateTimeOffset now) => new(
        PaymentTicket.IdOf(TicketKind.BillLineMissing, line.TransactionId, line.RefundNo ?? ""),
        TicketKind.BillLineMissing, line.OutTradeNo, line.TransactionId, line.RefundNo, FenOf(line), null, now);

    /// <summary>A ticket about a day.</summary>
    public static PaymentTicket TicketOf(ChinaDay day, long booksFen, DateTimeOffset now) => new(
        PaymentTicket.IdOf(TicketKind.BillMissing, day.ToString(), ""), TicketKind.BillMissing, null, null, null,
        booksFen, day.ToString(), now);

    private static long FenOf(BillLine line) => line.RefundNo is null ? line.AmountFen : line.RefundFen;

    private static long FenOf(BookLine line) => line.RefundNo is null ? line.AmountFen : line.RefundFen;
}

/// <summary>What differs between a bill and our books of the day.</summary>
/// <param name="Strange">Lines of the bill that the day's books do not have.</param>
/// <param name="Missing">Lines of the books that the bill does not have.</param>
/// <param name="Different">Lines of the bill with another amount.</param>
public sealed record BillDifferences(
    IReadOnlyList<BillLine> Strange, IReadOnlyList<BookLine> Missing, IReadOnlyList<BillLine> Different);
