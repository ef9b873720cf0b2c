using Pond.Platform;

namespace Pond.Products;

/// <summary>A product is new or changed.</summary>
/// <param name="FormerCategoryId">Where it stood before; null when that has not changed.</param>
public sealed record ProductChangedV1(ProductCard Card, string? FormerCategoryId);

/// <summary>An operator changes the stock of a SKU.</summary>
/// <param name="AdjustmentId">The same however often it is told.</param>
/// <param name="Quantity">Pieces more, or, below 0, fewer: no more of those than are free.</param>
public sealed record StockAdjustmentV1(
    string AdjustmentId, string SkuId, int Shards, int Quantity, string OperatorId, string Reason);

/// <summary>Pieces are on their way back from an activity to the stock of the SKU.</summary>
/// <param name="Key">Names this move.</param>
public sealed record StockMovedV1(string SkuId, int Shard, string Key, int Quantity);

/// <summary>An import of products has more to do.</summary>
public sealed record ImportGoesOnV1(string ImportId);

/// <summary>The queues of this slice: one for each effect.</summary>
public static class ProductMessages
{
    public const string CatalogueQueue = "product-catalogue";
    public const string AdjustmentQueue = "product-stock-adjustments";
    public const string ImportQueue = "product-imports";
    public const string MovedStockQueue = "product-stock-moves";

    public static Message Catalogue(ProductChangedV1 changed) => new(CatalogueQueue, changed);

    public static Message Adjustment(StockAdjustmentV1 adjustment) => new(AdjustmentQueue, adjustment);

    public static Message Moved(StockMovedV1 moved) => new(MovedStockQueue, moved);

    public static Message Import(ImportGoesOnV1 next) => new(ImportQueue, next);
}
