namespace Pond.Products;

/// <summary>A product as an operator sees it.</summary>
/// <param name="Version">To be presented with the next change.</param>
public sealed record ProductResponse(
    string SpuId,
    string CategoryId,
    string Title,
    string? Description,
    IReadOnlyList<string> ImageUrls,
    string? FreightTemplateId,
    IReadOnlyList<ProductSku> Skus,
    ProductState State,
    long Version,
    DateTimeOffset CreatedAt)
{
    public static ProductResponse Of(Product product) => new(
        product.Terms.SpuId, product.Terms.CategoryId, product.Terms.Title, product.Terms.Description,
        product.Terms.ImageUrls, product.Terms.FreightTemplateId, product.Terms.Skus, product.State, product.Version,
        product.CreatedAt);
}

/// <summary>A product in a list of an operator.</summary>
/// <param name="PriceFen">Of the cheapest variant.</param>
public sealed record ProductCardResponse(
    string SpuId,
    string CategoryId,
    string Title,
    string? ImageUrl,
    long PriceFen,
    ProductState State,
    long Version,
    DateTimeOffset CreatedAt)
{
    public static ProductCardResponse Of(ProductCard card) => new(
        card.SpuId, card.CategoryId, card.Title, card.ImageUrl, card.PriceFen, card.State, card.Version,
        card.CreatedAt);
}

/// <summary>A product in a list of shoppers.</summary>
/// <param name="PriceFen">Of the cheapest variant.</param>
public sealed record OfferedProductResponse(
    string SpuId, string CategoryId, string Title, string? ImageUrl, long PriceFen)
{
    public static OfferedProductResponse Of(ProductCard card) =>
        new(card.SpuId, card.CategoryId, card.Title, card.ImageUrl, card.PriceFen);
}
