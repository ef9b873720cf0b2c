using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>PRD-01: the ledger of one shard of a stock, the newest entry first.</summary>
public sealed class ListStockEntries(PartitionStore store, ProductCatalogue catalogue, OperatorCallers callers)
{
    /// <param name="Quantity">Pieces that it is about; negative where an adjustment took some.</param>
    /// <param name="OnHand">After it.</param>
    /// <param name="Reserved">After it.</param>
    /// <param name="OperatorId">Who adjusted; null for what orders do.</param>
    public sealed record Response(
        long Seq,
        DateTimeOffset At,
        StockEntryKind Kind,
        string Key,
        int Quantity,
        int OnHand,
        int Reserved,
        string? OperatorId,
        string? Reason);

    [Function(nameof(ListStockEntries))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("一个库存分片的流水"), Tags("运营：库存")]
    [ProducesResponseType<Listing<Response>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", Route = "operator/skus/{skuId}/stock-shards/{shard}/entries")]
        HttpRequest request,
        string skuId,
        string shard,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var isNumber = int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (await catalogue.Find(skuId, cancel) is not { } sku || !isNumber || number >= sku.StockShards)
            return Answers.Problem(ProductRefusals.SkuMissing);

        var (from, until) = Keys.Under(StockRows.EntryPrefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(
            store, StockRows.Partition(skuId, number), row => Of(Stored.Read<StockEntry>(row.Data)), cancel));
    }

    private static Response Of(StockEntry entry) => new(
        entry.Seq, entry.At, entry.Kind, entry.Key, entry.Quantity, entry.OnHand, entry.Reserved, entry.OperatorId,
        entry.Reason);
}
