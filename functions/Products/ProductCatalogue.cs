using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>The variants that are sold. A read model for other slices.</summary>
/// <remarks>
/// Two rounds of point reads, each of them at once: which product a SKU belongs to, which never changes, and the
/// products themselves. No copy that lags: a price or a state holds from the operator's answer on.
/// </remarks>
public sealed class ProductCatalogue(PartitionStore store)
{
    /// <summary>Those of the ids that there are, by id.</summary>
    public async Task<IReadOnlyDictionary<string, Sku>> Find(
        IReadOnlyCollection<string> skuIds, CancellationToken cancel)
    {
        var owners = await Task.WhenAll(
            skuIds.Where(GoodsIdAttribute.IsGoodsId).Distinct().Select(id => SkuRows.Find(store, id, cancel)));
        var products = await Task.WhenAll(
            owners.OfType<SkuOwner>().Select(owner => owner.SpuId).Distinct()
                .Select(id => ProductRows.Find(store, id, cancel)));
        return products.OfType<Product>().SelectMany(All)
            .Where(sku => skuIds.Contains(sku.SkuId))
            .ToDictionary(sku => sku.SkuId, StringComparer.Ordinal);
    }

    /// <summary>The first picture of the product that a SKU belongs to; null when there is none.</summary>
    public async Task<string?> ImageOf(string skuId, CancellationToken cancel)
    {
        var owner = GoodsIdAttribute.IsGoodsId(skuId) ? await SkuRows.Find(store, skuId, cancel) : null;
        var product = owner is null ? null : await ProductRows.Find(store, owner.SpuId, cancel);
        return product?.Terms.ImageUrls is [var first, ..] ? first : null;
    }

    /// <summary>Whether a piece of it can be ordered at this moment.</summary>
    public async Task<bool> HasStock(Sku sku, CancellationToken cancel) =>
        (await StockRows.Shards(store, sku.SkuId, sku.StockShards, cancel)).Any(shard => shard.Available > 0);

    /// <summary>The SKU, or null.</summary>
    internal async Task<Sku?> Find(string skuId, CancellationToken cancel) =>
        (await Find([skuId], cancel)).GetValueOrDefault(skuId);

    private static IEnumerable<Sku> All(Product product) => product.Terms.Skus.Select(sku => new Sku(
        sku.SkuId, product.Terms.SpuId, product.Terms.CategoryId, TitleOf(product.Terms, sku), sku.PriceFen,
        product.Version, product.State is ProductState.OnSale, sku.PerOrderMax, sku.WeightGrams, sku.VolumeCm3,
        product.Terms.FreightTemplateId, sku.StockShards, sku.RepurchaseCycleDays, sku.PackUnits));

    private static string TitleOf(ProductTerms terms, ProductSku sku) =>
        string.Join(' ', sku.Specs.Select(spec => spec.Value).Prepend(terms.Title));
}
