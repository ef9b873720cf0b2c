using Pond.Platform.Http;

namespace Pond.Products;

/// <summary>What marketing says of a product, when it makes one and when it changes it.</summary>
public record ProductRequest
{
    [GoodsId]
    public required string CategoryId { get; init; }

    [Text(1, ProductRules.TitleCharsMax)]
    public required string Title { get; init; }

    [Text(1, ProductRules.DescriptionCharsMax)]
    public string? Description { get; init; }

    /// <summary>Addresses with https; the first one stands in lists.</summary>
    [ImageUrls]
    public required IReadOnlyList<string> ImageUrls { get; init; }

    /// <summary>How sending it is charged; null when it is free.</summary>
    [GoodsId]
    public string? FreightTemplateId { get; init; }

    [Items(1, ProductRules.SkusMax)]
    public required IReadOnlyList<SkuRequest> Skus { get; init; }

    internal ProductTerms Terms(string spuId) => new(
        spuId, CategoryId, Title, Description, ImageUrls, FreightTemplateId, [.. Skus.Select(sku => sku.ToSku())]);
}

/// <summary>One variant.</summary>
public sealed record SkuRequest
{
    /// <summary>It belongs to one product, for ever.</summary>
    [GoodsId]
    public required string SkuId { get; init; }

    /// <summary>The same properties in every variant; none when there is only one.</summary>
    [Items(0, ProductRules.SpecsMax)]
    public required IReadOnlyList<SpecRequest> Specs { get; init; }

    [Whole(1, ProductRules.PriceFenMax)]
    public required long PriceFen { get; init; }

    [Whole(0, ProductRules.WeightGramsMax)]
    public int WeightGrams { get; init; }

    [Whole(0, ProductRules.VolumeCm3Max)]
    public int VolumeCm3 { get; init; }

    /// <summary>Pieces of one order; null for no limit.</summary>
    [Whole(1, ProductRules.PerOrderMax)]
    public int? PerOrderMax { get; init; }

    /// <summary>
    /// Partitions to spread the stock over; more than 1 only for a rush of more than a hundred orders a second. It can
    /// be raised, and never lowered.
    /// </summary>
    [Whole(1, ProductRules.ShardsMax)]
    public int StockShards { get; init; } = 1;

    /// <summary>After how many days somebody needs it again; null when nobody knows.</summary>
    [Whole(1, ProductRules.CycleDaysMax)]
    public int? RepurchaseCycleDays { get; init; }

    /// <summary>How many such cycles one piece lasts.</summary>
    [Whole(1, ProductRules.PackUnitsMax)]
    public int PackUnits { get; init; } = 1;

    internal ProductSku ToSku() => new(
        SkuId, [.. Specs.Select(spec => new Spec(spec.Property, spec.Value))], PriceFen, WeightGrams, VolumeCm3,
        PerOrderMax, StockShards, RepurchaseCycleDays, PackUnits);
}

/// <summary>A property and its value.</summary>
public sealed record SpecRequest
{
    [Text(1, ProductRules.SpecCharsMax)]
    public required string Property { get; init; }

    [Text(1, ProductRules.SpecCharsMax)]
    public required string Value { get; init; }
}
