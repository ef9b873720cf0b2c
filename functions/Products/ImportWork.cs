using Pond.Kernel;
using Pond.Platform;

namespace Pond.Products;

/// <summary>PRD-06: takes over the rows of a file. Done twice, a row comes to the same.</summary>
public sealed class ImportWork(ProductChanges changes, ProductCatalogue catalogue, StockAdjustments adjustments)
{
    private const string Reason = "批量导入";
    private const int AttemptsMax = 4;

    /// <summary>Takes over one row.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<ImportError?> Apply(ProductImport import, ImportRow row, CancellationToken cancel)
    {
        var (line, wrong) = ImportLines.Read(row);
        if (line is null) return new ImportError(row.Number, ImportRefusals.BadField.Code, wrong!);

        var actor = new ProductActor(import.OperatorId, Reason);
        var refusal = await Write(import, row, line, actor, cancel) ?? await SetStock(import, row, line, actor, cancel);
        return refusal is null ? null : new ImportError(row.Number, refusal.Code, refusal.Message);
    }

    private async Task<Refusal?> Write(
        ProductImport import, ImportRow row, ImportLine line, ProductActor actor, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var decision = await changes.Run(
                line.SpuId!,
                new Operation(nameof(ImportWork), KeyOf(import, row), Fingerprint: null),
                (product, now) => ImportRules.Apply(product, line, actor, now),
                cancel);
            var isStale = decision.Refusal?.Code == ProductRefusals.Stale.Code; // somebody changed it at this moment
            if (!isStale || attempt == AttemptsMax) return decision.Refusal;
        }
    }

    private static string KeyOf(ProductImport import, ImportRow row) => $"{import.Id} {row.Number}";

    private async Task<Refusal?> SetStock(
        ProductImport import, ImportRow row, ImportLine line, ProductActor actor, CancellationToken cancel)
    {
        if (line.Stock is not { } wanted) return null;
        if (await catalogue.Find(line.SkuId!, cancel) is not { } sku) return ProductRefusals.SkuMissing;

        var change = await adjustments.Adjust(
            sku,
            new Operation(nameof(ImportWork), KeyOf(import, row), Fingerprint: null),
            shards => (int)(wanted - shards.Sum(shard => (long)shard.OnHand)),
            actor,
            cancel);
        return change.WhyNot ?? (change.IsWhole ? null : StockRefusals.NotEnough);
    }
}
