using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>Changes a product together with what lies beside it: the ids of its variants and their stock.</summary>
/// <remarks>
/// Ids are claimed before the commit that needs them. A claim whose commit never came leaves the id with a product
/// that does not have it yet: nobody finds it there, and the same product can still take it.
/// </remarks>
public sealed class ProductChanges(Transactor transactor, PartitionStore store, TimeProvider clock)
{
    /// <summary>Runs one operation on a product.</summary>
    /// <param name="decide">A pure rule.</param>
    public async Task<Decision<ProductEvent>> Run(
        string spuId,
        Operation operation,
        Func<Product?, DateTimeOffset, Decision<ProductEvent>> decide,
        CancellationToken cancel)
    {
        var product = await ProductRows.Find(store, spuId, cancel);
        // A "no" needs no preparation, be it one for good or one to what this operation did before.
        var (seen, foreseen) = (product?.Terms, TermsAfter(decide(product, clock.GetUtcNow())));
        var added = ProductRules.Without(foreseen, seen);
        if (await Claim(spuId, added, isNew: seen is null, cancel) is { } taken) return taken;
        var removed = foreseen is null ? [] : ProductRules.Without(seen, foreseen);
        if (await AreReserved(removed, cancel)) return ProductRefusals.SkuReserved;

        return await transactor.Run(
            ProductRows.Product(spuId),
            operation,
            (desk, now) => IfPrepared(desk.Product?.Terms, decide(desk.Product, now), added, removed),
            cancel);
    }

    // Somebody else changed the product meanwhile, and other variants than foreseen would come or go.
    private static Decision<ProductEvent> IfPrepared(
        ProductTerms? before,
        Decision<ProductEvent> decision,
        IReadOnlyList<ProductSku> added,
        IReadOnlyList<ProductSku> removed)
    {
        if (TermsAfter(decision) is not { } after) return decision;
        var isPrepared = ProductRules.Without(after, before).All(sku => Has(added, sku))
            && ProductRules.Without(before, after).All(sku => Has(removed, sku));
        return isPrepared ? decision : ProductRefusals.Stale;
    }

    private static ProductTerms? TermsAfter(Decision<ProductEvent> decision) =>
        decision.Facts is [.., var last] ? last.Product.Terms : null;

    private static bool Has(IReadOnlyList<ProductSku> skus, ProductSku sku) =>
        skus.Any(other => other.SkuId == sku.SkuId);

    private async Task<Refusal?> Claim(
        string spuId, IReadOnlyList<ProductSku> skus, bool isNew, CancellationToken cancel)
    {
        var claims = await Task.WhenAll(skus.Select(sku => Claim(spuId, sku, isNew, cancel)));
        return claims.FirstOrDefault(why => why is not null);
    }

    // A variant that was taken out once, and comes back, may have pieces in shards that it is not to have any more.
    private async Task<Refusal?> Claim(string spuId, ProductSku sku, bool isNew, CancellationToken cancel)
    {
        var decision = await transactor.Run(
            SkuRows.Sku(sku.SkuId),
            new Operation(nameof(Claim), spuId, Fingerprint: null),
            (owner, _) => ProductRules.Claim(owner, sku.SkuId, spuId),
            cancel);
        if (decision.Refusal is not null || isNew) return decision.Refusal;

        var beyond = Enumerable.Range(sku.StockShards, ProductRules.ShardsMax - sku.StockShards);
        var shards = await StockRows.Shards(store, sku.SkuId, beyond, cancel);
        return shards.Any(shard => shard.OnHand > 0) ? ProductRefusals.ShardsLowered : null;
    }

    // An order that comes between this look and the commit has what it reserved, and can be paid and sent.
    private async Task<bool> AreReserved(IReadOnlyList<ProductSku> skus, CancellationToken cancel)
    {
        var shards = await Task.WhenAll(
            skus.Select(sku => StockRows.Shards(store, sku.SkuId, sku.StockShards, cancel)));
        return shards.SelectMany(all => all).Any(shard => shard.Reserved > 0);
    }
}
