using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>The variants that are sold. A read model for other slices.</summary>
public sealed class ProductCatalogue(PartitionStore store)
{
    /// <summary>Those of the ids that there are, by id.</summary>
    public Task<IReadOnlyDictionary<string, Sku>> Find(IReadOnlyCollection<string> skuIds, CancellationToken cancel) =>
        throw new NotSupportedException($"{store} {skuIds} {cancel}");
}
