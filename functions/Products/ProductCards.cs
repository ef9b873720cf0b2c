using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>A product as lists show it.</summary>
/// <param name="PriceFen">Of the cheapest variant.</param>
public sealed record ProductCard(
    string SpuId,
    string CategoryId,
    string Title,
    string? ImageUrl,
    long PriceFen,
    ProductState State,
    long Version,
    DateTimeOffset CreatedAt)
{
    public static ProductCard Of(Product product) => new(
        product.Terms.SpuId, product.Terms.CategoryId, product.Terms.Title,
        product.Terms.ImageUrls is [var first, ..] ? first : null,
        product.Terms.Skus.Min(sku => sku.PriceFen), product.State, product.Version, product.CreatedAt);
}

/// <summary>
/// Partition <c>catalogue:products</c>, kept by messages: a card of every product, <c>goods:{newest first}:{spuId}</c>,
/// and the same once more under its category, <c>goods-{hash of the category}:{newest first}:{spuId}</c>.
/// </summary>
public static class ProductCards
{
    public const string Partition = "catalogue:products";
    public const string Prefix = "goods";

    private const int SecondDigits = 11;

    public static string PrefixOf(string categoryId) => $"{Prefix}-{Keys.Hash(categoryId)}";

    /// <summary>Where a card stands, and where the one of another category stood.</summary>
    public static IEnumerable<string> RowsOf(ProductChangedV1 changed)
    {
        yield return RowOf(Prefix, changed.Card);
        yield return RowOf(PrefixOf(changed.Card.CategoryId), changed.Card);
        if (changed.FormerCategoryId is { } former) yield return RowOf(PrefixOf(former), changed.Card);
    }

    public static Layout<ProductCard?, ProductCard> Card(string row) => new(
        Partition,
        row,
        Loads: [],
        Read: rows => rows.Find<ProductCard>(row),
        Write: card => card is null ? [] : [new StateRow(row, card)],
        Evolve: (_, changed) => changed);

    private static string RowOf(string prefix, ProductCard card)
    {
        var newestFirst = Keys.Inverted(card.CreatedAt.ToUnixTimeSeconds(), SecondDigits);
        return $"{prefix}:{newestFirst}:{card.SpuId}";
    }
}
