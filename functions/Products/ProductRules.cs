using Pond.Kernel;
using Pond.Platform;

namespace Pond.Products;

/// <summary>PRD-03, PRD-05: what a product may be, and how it changes. Pure.</summary>
public static class ProductRules
{
    public const int TitleCharsMax = 60;
    public const int DescriptionCharsMax = 1_000;

    /// <summary>Variants of one product.</summary>
    public const int SkusMax = 50;

    /// <summary>Properties of one variant.</summary>
    public const int SpecsMax = 5;

    /// <summary>Characters of a property, and of a value.</summary>
    public const int SpecCharsMax = 20;

    public const long PriceFenMax = 100_000_000;
    public const int WeightGramsMax = 1_000_000;
    public const int VolumeCm3Max = 10_000_000;
    public const int PerOrderMax = 999;
    public const int CycleDaysMax = 3_650;
    public const int PackUnitsMax = 1_000;

    /// <summary>Shards of one SKU's stock.</summary>
    public const int ShardsMax = 16;

    /// <summary>Shards of all SKUs of one product: so many heads a shopper's look reads.</summary>
    public const int ShardsPerProductMax = 100;

    private static readonly Dictionary<ProductState, ProductState[]> Edges = new()
    {
        [ProductState.Draft] = [ProductState.OnSale],
        [ProductState.OnSale] = [ProductState.OffSale],
        [ProductState.OffSale] = [ProductState.OnSale],
    };

    public static Decision<ProductEvent> Create(
        Product? product, ProductTerms terms, ProductActor actor, DateTimeOffset now)
    {
        if (product is not null) return ProductRefusals.Taken;
        if (WhyUnsound(terms) is { } why) return why;

        return new ProductEvent.Created(new Product(terms, ProductState.Draft, Version: 1, now), actor, now);
    }

    /// <param name="version">That the operator has seen; null for whatever it is.</param>
    public static Decision<ProductEvent> Replace(
        Product? product, long? version, ProductTerms terms, ProductActor actor, DateTimeOffset now)
    {
        if (product is null) return ProductRefusals.Missing;
        if ((version ?? product.Version) != product.Version) return ProductRefusals.Stale;
        if (WhyUnsound(terms) is { } why) return why;
        if (product.Terms.Skus.Any(before => ShardsOf(terms, before.SkuId) < before.StockShards))
            return ProductRefusals.ShardsLowered;
        if (Stored.Write(terms) == Stored.Write(product.Terms)) return Decision<ProductEvent>.Nothing;

        var after = product with { Terms = terms, Version = product.Version + 1 };
        return new ProductEvent.Replaced(product.Terms, after, actor, now);
    }

    public static Decision<ProductEvent> ChangeState(
        Product? product, ProductState state, ProductActor actor, DateTimeOffset now)
    {
        if (product is null) return ProductRefusals.Missing;
        if (product.State == state) return Decision<ProductEvent>.Nothing;
        if (!Edges[product.State].Contains(state)) return ProductRefusals.NoSuchEdge;

        var after = product with { State = state, Version = product.Version + 1 };
        return new ProductEvent.StateChanged(product.State, after, actor, now);
    }

    /// <summary>A SKU id is given to a product, for ever.</summary>
    public static Decision<SkuEvent> Claim(SkuOwner? owner, string skuId, string spuId)
    {
        if (owner is null) return new SkuEvent.Claimed(new SkuOwner(skuId, spuId));
        return owner.SpuId == spuId ? Decision<SkuEvent>.Nothing : ProductRefusals.SkuTaken;
    }

    /// <summary>Variants that are in the one and not in the other.</summary>
    public static IReadOnlyList<ProductSku> Without(ProductTerms? terms, ProductTerms? others) =>
    [
        .. (terms?.Skus ?? []).ExceptBy((others?.Skus ?? []).Select(sku => sku.SkuId), sku => sku.SkuId),
    ];

    public static ProductDesk Evolve(ProductDesk desk, ProductEvent fact)
    {
        var before = fact is ProductEvent.Created ? null : desk.Product?.Terms;
        IReadOnlyList<SkuPrice> prices = fact is ProductEvent.StateChanged ? [] : Prices(before, fact.Product.Terms);
        var change = new PriceChange(
            fact.Product.Version, prices, fact.Actor.OperatorId, fact.Actor.Reason, fact.At);
        return new ProductDesk(fact.Product, prices.Count == 0 ? desk.Added : [.. desk.Added, change]);
    }

    private static IReadOnlyList<SkuPrice> Prices(ProductTerms? before, ProductTerms after) =>
    [
        .. after.Skus
            .Select(sku => new SkuPrice(sku.SkuId, SkuIn(before, sku.SkuId)?.PriceFen, sku.PriceFen))
            .Where(price => price.BeforeFen != price.AfterFen),
        .. Without(before, after).Select(sku => new SkuPrice(sku.SkuId, sku.PriceFen, null)),
    ];

    private static ProductSku? SkuIn(ProductTerms? terms, string skuId) =>
        terms?.Skus.SingleOrDefault(sku => sku.SkuId == skuId);

    // One that is taken out has none to lower.
    private static int ShardsOf(ProductTerms terms, string skuId) => SkuIn(terms, skuId)?.StockShards ?? int.MaxValue;

    private static Refusal? WhyUnsound(ProductTerms terms)
    {
        if (terms.Skus.DistinctBy(sku => sku.SkuId).Count() < terms.Skus.Count) return ProductRefusals.SkuDoubled;
        if (terms.Skus.Any(sku => sku.Specs.DistinctBy(spec => spec.Property).Count() < sku.Specs.Count))
            return ProductRefusals.SpecDoubled;
        if (terms.Skus.DistinctBy(sku => Key(sku, withValues: false)).Count() > 1) return ProductRefusals.SpecsUneven;
        if (terms.Skus.DistinctBy(sku => Key(sku, withValues: true)).Count() < terms.Skus.Count)
            return ProductRefusals.VariantsAlike;
        return terms.Skus.Sum(sku => sku.StockShards) > ShardsPerProductMax ? ProductRefusals.ShardsTooMany : null;
    }

    // Line feeds are in no property and no value.
    private static string Key(ProductSku sku, bool withValues) => string.Join('\n', sku.Specs
        .OrderBy(spec => spec.Property, StringComparer.Ordinal)
        .Select(spec => withValues ? $"{spec.Property}\n{spec.Value}" : spec.Property));
}
