using System.Globalization;
using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Pricing;

/// <summary>
/// Partition <c>price-promotions</c>: <c>board</c> is the head, <c>promotion:{id}</c> every promotion, and
/// <c>live:{id}</c> the published ones once more, so that one range has all that a price needs, at this instant.
/// </summary>
public static class PromotionRows
{
    public const string Partition = "price-promotions";
    public const string Prefix = "promotion";

    private const string Head = "board";
    private const string LivePrefix = "live";
    private const int TimeDigits = 10; // seconds since 1970: enough until 2286

    /// <summary>An id that sorts by the time of its making.</summary>
    public static string IdOf(DateTimeOffset now, string seed) =>
        Keys.Sortable(now.ToUnixTimeSeconds(), TimeDigits) + seed[TimeDigits..];

    /// <summary>Whether a text has the form of such an id.</summary>
    public static bool IsId(string text) => Ids.IsId(text);

    public static string Row(string id) => $"{Prefix}:{id}";

    /// <summary>The promotion, or null when there is none, or the id is none at all.</summary>
    public static async Task<PricePromotion?> Find(PartitionStore store, string id, CancellationToken cancel) =>
        IsId(id) ? await store.Find<PricePromotion>(Partition, Row(id), cancel) : null;

    /// <summary>Every published one, also those whose time is over or has not come.</summary>
    public static async Task<IReadOnlyList<PricePromotion>> Live(PartitionStore store, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(Partition, LivePrefix, Load.RowsMax, cancel);
        return [.. rows.Select(row => Stored.Read<PricePromotion>(row.Data))];
    }

    public static Layout<PromotionBoard, PromotionEvent> Board(string id) => new(
        Partition,
        Head,
        [new Load.One(Row(id)), new Load.Under(LivePrefix)],
        Read: rows => new PromotionBoard(
            rows.Find<PricePromotion>(Row(id)), rows.Under<PricePromotion>(LivePrefix),
            rows.Find<BoardHead>(Head)?.Version ?? 0),
        Write: Rows,
        Evolve: PromotionBoard.Evolve,
        Announce: Announce);

    private static IEnumerable<StateRow> Rows(PromotionBoard board)
    {
        yield return new StateRow(Head, new BoardHead(board.Version));
        if (board.Promotion is { } promotion) yield return new StateRow(Row(promotion.Id), promotion);
        foreach (var one in board.Live) yield return new StateRow($"{LivePrefix}:{one.Id}", one);
    }

    private static IEnumerable<Message> Announce(PromotionEvent fact)
    {
        var promotion = fact.Promotion;
        var (action, reason, before, after) = fact switch
        {
            PromotionEvent.StateChanged changed =>
                ("state", "", ResponseJson.NameOf(changed.Before), ResponseJson.NameOf(promotion.State)),
            PromotionEvent.Redrafted redrafted => ("terms", "", redrafted.NameBefore, Summary(promotion)),
            _ => ("create", promotion.Terms.Name, null, Summary(promotion)),
        };
        yield return OperatorMessages.Acted(new OperatorActedV1(
            fact.OperatorId, $"price_promotion.{action}", promotion.Id, reason, before, after, fact.At));
    }

    // Such as "春茶节 fullReduction 20260302–20260309".
    private static string Summary(PricePromotion promotion) => string.Create(
        CultureInfo.InvariantCulture,
        $"{promotion.Terms.Name} {ResponseJson.NameOf(promotion.Terms.Kind)} "
        + $"{ChinaDay.Of(promotion.Terms.StartsAt)}–{ChinaDay.Of(promotion.Terms.EndsAt)}");

    private sealed record BoardHead(long Version);
}
