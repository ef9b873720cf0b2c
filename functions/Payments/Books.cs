using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>PAY-08: money that WeChat took or paid back, as our books have it.</summary>
/// <param name="RefundNo">Our number at WeChat; null for a payment.</param>
/// <param name="At">When WeChat had it, or had paid it back: its day is where it is listed.</param>
/// <param name="SentAt">When a refund was wanted: its line is in the bill of that day or of a later one.</param>
public sealed record BookLine(
    string OutTradeNo,
    string TransactionId,
    long AmountFen,
    string? RefundNo,
    long RefundFen,
    DateTimeOffset At,
    DateTimeOffset? SentAt = null);

/// <summary>Money moved at WeChat: it belongs into the books of its day.</summary>
public sealed record MoneyBookedV1(BookLine Line);

/// <summary>The queue of the books.</summary>
public static class BookMessages
{
    public const string BookQueue = "payment-books";

    public static Message Booked(BookLine line) => new(BookQueue, new MoneyBookedV1(line));
}

/// <summary>
/// The books of a day, to be held against WeChat's bill: a list of copies, since no store can search across
/// partitions. Partitions <c>{shard}:payment-day:{day}</c>, rows <c>line:{hash}</c>. It is written from the outbox of
/// the payment, so within minutes; the payments themselves are the truth.
/// </summary>
public static class BookRows
{
    /// <summary>Partitions that a day is spread over.</summary>
    public const int Shards = 16;

    private const string LinePrefix = "line";
    private const int LinesPerPage = 1_000;

    /// <summary>One line.</summary>
    public static Layout<BookLine?, BookLine> Line(BookLine line)
    {
        var hash = Keys.Hash(line.TransactionId, line.RefundNo ?? "");
        var row = $"{LinePrefix}:{hash}";
        return new(
            Partition(Convert.ToInt32(hash[..2], 16) % Shards, ChinaDay.Of(line.At)),
            row,
            Loads: [],
            Read: rows => rows.Find<BookLine>(row),
            Write: known => known is null ? [] : [new StateRow(row, known)],
            Evolve: (_, booked) => booked);
    }

    /// <summary>All lines of a day.</summary>
    public static async Task<IReadOnlyList<BookLine>> ReadDay(
        PartitionStore store, ChinaDay day, CancellationToken cancel)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, Shards).Select(async shard => await store
            .ReadEach(Partition(shard, day), Keys.Under(LinePrefix), LinesPerPage, cancel)
            .Select(row => Stored.Read<BookLine>(row.Data))
            .ToListAsync(cancel)));
        return [.. shards.SelectMany(lines => lines)];
    }

    private static string Partition(int shard, ChinaDay day) => $"{Keys.Sortable(shard, 2)}:payment-day:{day}";
}
