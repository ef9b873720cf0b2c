using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Promotions;

/// <summary>Partition <c>promotions</c>: <c>plan:{id}</c> every promotion, each the head of itself.</summary>
public static class PromotionBook
{
    public const string Partition = "promotions";
    public const string Prefix = "plan";

    private const int TimeDigits = 10; // seconds since 1970: enough until 2286
    private const int RowsPerRead = 100;

    /// <summary>An id that sorts by the time of its making.</summary>
    public static string IdOf(DateTimeOffset now, string seed) =>
        Keys.Sortable(now.ToUnixTimeSeconds(), TimeDigits) + seed[TimeDigits..];

    /// <summary>The promotion, or null when there is none, or the id is none at all.</summary>
    public static async Task<Promotion?> Find(PartitionStore store, string id, CancellationToken cancel) =>
        Ids.IsId(id) ? await store.Find<Promotion>(Partition, Row(id), cancel) : null;

    /// <summary>Every one that there is: for an operator, who asks seldom.</summary>
    public static async Task<IReadOnlyList<Promotion>> All(PartitionStore store, CancellationToken cancel)
    {
        var all = new List<Promotion>();
        var (from, until) = Keys.Under(Prefix);
        for (string? next = from; next is not null;)
        {
            var page = await store.Range(Partition, next, until, RowsPerRead, cancel);
            all.AddRange(page.Rows.Select(row => Stored.Read<Promotion>(row.Data)));
            next = page.Next;
        }

        return all;
    }

    public static Layout<Promotion?, PromotionMoved> Of(string id) => new(
        Partition,
        Row(id),
        Loads: [],
        Read: rows => rows.Find<Promotion>(Row(id)),
        Write: promotion => promotion is null ? [] : [new StateRow(Row(id), promotion)],
        Evolve: (_, moved) => moved.After,
        Announce: Announce);

    private static string Row(string id) => $"{Prefix}:{id}";

    private static IEnumerable<Message> Announce(PromotionMoved moved) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            moved.OperatorId, $"promotion.{moved.Action}", moved.After.Id, moved.Reason,
            moved.Before is { } before ? Stored.Write(before) : null, Stored.Write(moved.After), moved.At)),
    ];
}
