namespace Pond.Products;

/// <summary>A variant of a product as a price and an order look at it. A read model for other slices.</summary>
/// <param name="Title">Of the product and the variant, as a shopper reads it.</param>
/// <param name="PriceFen">Of one piece: 1 fen or more.</param>
/// <param name="Version">Of the product: 1, 2, 3 … with every change.</param>
/// <param name="IsOnSale">Whether it can be ordered at present.</param>
/// <param name="PerOrderMax">Pieces of one order; null for no limit of its own.</param>
/// <param name="WeightGrams">Of one piece.</param>
/// <param name="VolumeCm3">Of one piece.</param>
/// <param name="FreightTemplateId">How sending it is charged; null when it is free.</param>
/// <param name="StockShards">Parts that its stock is kept in: 1 unless it is hot.</param>
/// <param name="RepurchaseCycleDays">After how many days somebody needs it again; null when nobody knows.</param>
/// <param name="PackUnits">How many such cycles one piece lasts.</param>
public sealed record Sku(
    string SkuId,
    string SpuId,
    string CategoryId,
    string Title,
    long PriceFen,
    long Version,
    bool IsOnSale,
    int? PerOrderMax,
    int WeightGrams,
    int VolumeCm3,
    string? FreightTemplateId,
    int StockShards,
    int? RepurchaseCycleDays,
    int PackUnits);

/// <summary>Pieces that an order wants of a stock. It may get some unknowingly: who frees asks every shard.</summary>
/// <param name="SkuId">Of a SKU's own stock, or of the <see cref="Allotment"/> of an activity.</param>
public sealed record StockWant(string SkuId, int Shards, int Quantity);

/// <summary>Pieces that a shard of a stock keeps for one order.</summary>
public sealed record ReservedStock(string SkuId, int Shard, int Quantity);
