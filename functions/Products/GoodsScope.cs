namespace Pond.Products;

/// <summary>Which goods something is good for. Null anywhere means no such limit.</summary>
/// <param name="CategoryIds">Good for these, and for the goods of the next two lists.</param>
/// <param name="SpuIds">Good for every variant of these.</param>
/// <param name="SkuIds">Good for these variants.</param>
/// <param name="ExcludedIds">Never good for goods that any of these ids names: category, SPU or SKU.</param>
public sealed record GoodsScope(
    IReadOnlyList<string>? CategoryIds = null,
    IReadOnlyList<string>? SpuIds = null,
    IReadOnlyList<string>? SkuIds = null,
    IReadOnlyList<string>? ExcludedIds = null)
{
    /// <summary>Good for everything.</summary>
    public static readonly GoodsScope All = new();

    public bool Covers(string categoryId, string spuId, string skuId) =>
        (CategoryIds is null && SpuIds is null && SkuIds is null
            || Has(CategoryIds, categoryId) || Has(SpuIds, spuId) || Has(SkuIds, skuId))
        && !Has(ExcludedIds, categoryId) && !Has(ExcludedIds, spuId) && !Has(ExcludedIds, skuId);

    private static bool Has(IReadOnlyList<string>? ids, string id) => ids?.Contains(id, StringComparer.Ordinal) == true;
}
