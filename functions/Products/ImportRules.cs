using Pond.Kernel;

namespace Pond.Products;

/// <summary>PRD-06: how a file of products is taken over. Pure.</summary>
public static class ImportRules
{
    /// <summary>An operator hands a file in.</summary>
    public static Decision<ImportEvent> Order(
        ImportDesk desk, string importId, IReadOnlyList<ImportChunk> chunks, string operatorId, DateTimeOffset now) =>
        desk.Import is not null
            ? Decision<ImportEvent>.Nothing
            : new ImportEvent.Ordered(new ProductImport(
                importId, ImportState.Running, chunks.Sum(chunk => chunk.Rows.Count), chunks.Count, DoneChunks: 0,
                AppliedCount: 0, ErrorCount: 0, operatorId, now));

    /// <summary>A chunk is done; one that was done already changes nothing.</summary>
    public static Decision<ImportEvent> GoOn(ImportDesk desk, ImportEvent.ChunkDone done) =>
        desk.Import is { State: ImportState.Running } import && import.DoneChunks == done.Number
            ? done
            : Decision<ImportEvent>.Nothing;

    /// <summary>A row makes a product, gives one a variant, or changes both; what it leaves empty stays.</summary>
    public static Decision<ProductEvent> Apply(
        Product? product, ImportLine line, ProductActor actor, DateTimeOffset now)
    {
        var sku = product?.Terms.Skus.SingleOrDefault(each => each.SkuId == line.SkuId);
        if (product is null && (line.CategoryId is null || line.Title is null)) return ImportRefusals.Incomplete;
        if (sku is null && line.PriceFen is null) return ImportRefusals.Incomplete;

        var terms = Merged(product?.Terms, sku, line);
        var written = product is null
            ? ProductRules.Create(product, terms, actor, now)
            : ProductRules.Replace(product, version: null, terms, actor, now);
        if (written.Refusal is not null || line.State is not { } state) return written;

        var after = written.Facts is [var fact] ? fact.Product : product;
        var moved = ProductRules.ChangeState(after, state, actor, now);
        return moved.Refusal is not null ? moved : (ProductEvent[])[.. written.Facts, .. moved.Facts];
    }

    public static ImportDesk Evolve(ImportDesk desk, ImportEvent fact) => fact switch
    {
        ImportEvent.Ordered ordered => desk with { Import = ordered.Import },
        ImportEvent.ChunkDone done => new ImportDesk(
            desk.Import! with
            {
                State = done.IsLast ? ImportState.Done : ImportState.Running,
                DoneChunks = done.Number + 1,
                AppliedCount = desk.Import.AppliedCount + done.AppliedCount,
                ErrorCount = desk.Import.ErrorCount + done.Errors.Count,
                FinishedAt = done.IsLast ? done.At : null,
            },
            Chunk: null,
            done.Errors),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ProductTerms Merged(ProductTerms? before, ProductSku? sku, ImportLine line)
    {
        var merged = Merged(sku, line);
        IReadOnlyList<ProductSku> skus = sku is null
            ? [.. before?.Skus ?? [], merged]
            : [.. before!.Skus.Select(each => each.SkuId == sku.SkuId ? merged : each)];
        return new ProductTerms(
            line.SpuId!,
            line.CategoryId ?? before!.CategoryId,
            line.Title ?? before!.Title,
            line.Description ?? before?.Description,
            line.ImageUrls ?? before?.ImageUrls ?? [],
            line.FreightTemplateId ?? before?.FreightTemplateId,
            skus);
    }

    private static ProductSku Merged(ProductSku? before, ImportLine line) => new(
        line.SkuId!,
        line.Specs?.Specs.Select(spec => new Spec(spec.Property, spec.Value)).ToArray() ?? before?.Specs ?? [],
        line.PriceFen ?? before!.PriceFen,
        (int?)line.WeightGrams ?? before?.WeightGrams ?? 0,
        (int?)line.VolumeCm3 ?? before?.VolumeCm3 ?? 0,
        (int?)line.PerOrderMax ?? before?.PerOrderMax,
        (int?)line.StockShards ?? before?.StockShards ?? 1,
        (int?)line.RepurchaseCycleDays ?? before?.RepurchaseCycleDays,
        (int?)line.PackUnits ?? before?.PackUnits ?? 1);
}
