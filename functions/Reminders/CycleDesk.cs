using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Products;

namespace Pond.Reminders;

/// <summary>Books what members buy on their cycles, for those who hear of it.</summary>
public sealed class CycleDesk(Survivors survivors, ProductCatalogue catalogue, PartitionStore store)
{
    private const int RowsPerPage = 50;

    /// <summary>Each SKU by itself, so that many of them never make a batch too large.</summary>
    public async Task Hear(
        string memberId, IReadOnlyList<GoodsNews> news, Operation operation, CancellationToken cancel)
    {
        var skus = await catalogue.Find([.. news.Select(one => one.SkuId)], cancel);
        foreach (var one in news)
        {
            var sku = skus.GetValueOrDefault(one.SkuId);
            await survivors.Run(
                memberId,
                accountId => CycleRows.Of(accountId, one.SkuId),
                operation with { Key = $"{operation.Key} {one.SkuId}" },
                (state, now) => CycleRules.Hear(state, one, sku?.RepurchaseCycleDays * sku?.PackUnits, now),
                cancel);
        }
    }

    /// <summary>AUTH-10: what one account has bought, the other has.</summary>
    public async Task BringOver(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var partition = MemberRows.Partition(merged.FromMemberId);
        await foreach (var row in store.ReadEach(partition, Keys.Under(CycleRows.Prefix), RowsPerPage, cancel))
        {
            var cycle = Stored.Read<RepurchaseCycle>(row.Data);
            await Hear(
                merged.IntoMemberId, [new GoodsNews(cycle.SkuId, cycle.Title, cycle.Purchases)], operation, cancel);
        }
    }
}
