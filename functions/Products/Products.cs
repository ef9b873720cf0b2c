using System.Text.Json.Serialization;
using Pond.Kernel;

namespace Pond.Products;

/// <summary>What is sold under one name (SPU), in one or more variants (SKUs).</summary>
/// <param name="Version">1, 2, 3 … with every change, so that copies know which is newer.</param>
public sealed record Product(ProductTerms Terms, ProductState State, long Version, DateTimeOffset CreatedAt);

/// <summary>What marketing says of a product.</summary>
/// <param name="ImageUrls">The first one stands in lists.</param>
/// <param name="FreightTemplateId">How sending it is charged; null when it is free.</param>
public sealed record ProductTerms(
    string SpuId,
    string CategoryId,
    string Title,
    string? Description,
    IReadOnlyList<string> ImageUrls,
    string? FreightTemplateId,
    IReadOnlyList<ProductSku> Skus);

/// <summary>One variant.</summary>
/// <param name="Specs">The same properties in every variant of a product; none when there is only one.</param>
/// <param name="PerOrderMax">Pieces of one order; null for no limit of its own.</param>
/// <param name="StockShards">Parts that its stock is kept in: 1 unless it is hot. Never fewer than before.</param>
/// <param name="RepurchaseCycleDays">After how many days somebody needs it again; null when nobody knows.</param>
/// <param name="PackUnits">How many such cycles one piece lasts.</param>
public sealed record ProductSku(
    string SkuId,
    IReadOnlyList<Spec> Specs,
    long PriceFen,
    int WeightGrams,
    int VolumeCm3,
    int? PerOrderMax,
    int StockShards,
    int? RepurchaseCycleDays,
    int PackUnits);

/// <summary>A property and its value, such as 规格 and 50克.</summary>
public sealed record Spec(string Property, string Value);

/// <summary>Where a product stands. Stored by name: never rename one.</summary>
public enum ProductState
{
    /// <summary>Nobody has seen it.</summary>
    Draft,

    /// <summary>It can be ordered.</summary>
    OnSale,

    /// <summary>It was sold, and may be again.</summary>
    OffSale,
}

/// <summary>PRD-03: prices that a version changed.</summary>
public sealed record PriceChange(
    long Version, IReadOnlyList<SkuPrice> Prices, string OperatorId, string Reason, DateTimeOffset At);

/// <summary>The price of one variant.</summary>
/// <param name="BeforeFen">Null for a new variant.</param>
/// <param name="AfterFen">Null for one that was taken out.</param>
public sealed record SkuPrice(string SkuId, long? BeforeFen, long? AfterFen);

/// <summary>What the rules of products look at.</summary>
/// <param name="Added">What this decision adds to the history of prices.</param>
public sealed record ProductDesk(Product? Product, IReadOnlyList<PriceChange> Added);

/// <summary>Which operator changes something, and why.</summary>
public sealed record ProductActor(string OperatorId, string Reason);

/// <summary>To which product a SKU belongs. It never belongs to another one.</summary>
public sealed record SkuOwner(string SkuId, string SpuId);

/// <summary>What can happen to a product. The discriminators are the storage format: never change one.</summary>
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Replaced), "replaced")]
[JsonDerivedType(typeof(StateChanged), "state-changed")]
public abstract record ProductEvent(Product Product, ProductActor Actor, DateTimeOffset At)
{
    public sealed record Created(Product Product, ProductActor Actor, DateTimeOffset At)
        : ProductEvent(Product, Actor, At);

    public sealed record Replaced(ProductTerms Before, Product Product, ProductActor Actor, DateTimeOffset At)
        : ProductEvent(Product, Actor, At);

    public sealed record StateChanged(ProductState Before, Product Product, ProductActor Actor, DateTimeOffset At)
        : ProductEvent(Product, Actor, At);
}

/// <summary>The "no"s about products.</summary>
public static class ProductRefusals
{
    public static readonly Refusal Missing = new("product.missing", RefusalKind.Missing, "没有找到该商品。");
    public static readonly Refusal SkuMissing = new("product.sku_missing", RefusalKind.Missing, "没有找到该商品规格。");
    public static readonly Refusal Taken = new("product.taken", RefusalKind.Conflict, "该商品编号已存在。");
    public static readonly Refusal SkuTaken = new("product.sku_taken", RefusalKind.Conflict, "该规格编号已属于另一个商品。");
    public static readonly Refusal Stale =
        new("product.stale", RefusalKind.Conflict, "商品已被他人修改，请刷新后重试。");

    public static readonly Refusal NoSuchEdge = new("product.no_such_edge", RefusalKind.Conflict, "商品不能这样变更状态。");
    public static readonly Refusal SkuDoubled = new("product.sku_doubled", RefusalKind.Invalid, "规格编号不能重复。");
    public static readonly Refusal SpecDoubled =
        new("product.spec_doubled", RefusalKind.Invalid, "同一规格的属性不能重复。");

    public static readonly Refusal SpecsUneven =
        new("product.specs_uneven", RefusalKind.Invalid, "同一商品的所有规格须有相同的属性。");

    public static readonly Refusal VariantsAlike =
        new("product.variants_alike", RefusalKind.Invalid, "同一商品不能有两个属性值完全相同的规格。");

    public static readonly Refusal ShardsTooMany =
        new("product.shards_too_many", RefusalKind.Invalid, "商品所有规格的库存分片总数过多。");

    public static readonly Refusal ShardsLowered =
        new("product.shards_lowered", RefusalKind.Conflict, "库存分片数不能减少。");

    public static readonly Refusal SkuReserved =
        new("product.sku_reserved", RefusalKind.Conflict, "该规格有订单占用库存，暂不能删除。");

    public static readonly Refusal BadCategory =
        new("product.bad_category", RefusalKind.Invalid, "分类编号不正确。");
}
